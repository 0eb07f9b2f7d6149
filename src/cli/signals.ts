// Ctrl-C and SIGTERM ask the command to stop; whoever works looks at the signal now and then, puts
// away what is half done and throws its reason. Nothing is killed in the middle of a file.

import { Interrupted } from './faults.ts';

export function listenForSignals(): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      controller.abort(new Interrupted(name));
    });
  }
  return controller.signal;
}
