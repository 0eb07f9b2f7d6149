// A process of its own, since the system may end it whole: work in a thread that has too little memory, of
// the copy of the build that is named. Prints what is said of it.

import { deaf, runsOf, threadsOf } from './built.ts';

const { ThreadExecutor } = await threadsOf(process.argv[2]);
const executor = new ThreadExecutor(1, new AbortController().signal);
const error: unknown = await executor.run(runsOf([2000]), deaf).catch((reason: unknown) => reason);
process.stdout.write(error instanceof Error ? `${error.constructor.name}: ${error.message}` : '');
await executor.close();
