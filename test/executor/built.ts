// The executor of the built product, as threads start from a file of their own that only the build makes.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import type { BatchListeners } from '../../src/experiment/executor.ts';
import type { Batch } from '../../src/experiment/question.ts';
import type { RunInput } from '../../src/experiment/run-once.ts';
import type * as Threads from '../../src/executor/threads.ts';
import { scenarioOf } from '../experiment/small-run.ts';
import { root } from '../cli/tidemark.ts';

/** @param folder the checkout, or a copy of what was built in it */
export async function threadsOf(folder: string = root): Promise<typeof Threads> {
  const file = join(folder, 'dist/executor/threads.js');
  return (await import(pathToFileURL(file).href)) as typeof Threads;
}

/** Listens to nothing. */
export const deaf: BatchListeners = { onRequests: () => undefined, onOutput: () => undefined };

/** Runs of a small system, each of its own length in seconds. */
export function runsOf(seconds: readonly number[]): Batch {
  const inputs = seconds.map((length, i): RunInput => {
    return { scenario: small(`${length}s`), seed: '1', replication: i + 1 };
  });
  const requests = seconds.reduce((sum, length) => sum + 200 * length, 0);
  return { part: 'runs', work: 'run', inputs, requests, later: 0 };
}

function small(duration: string) {
  return scenarioOf({
    duration,
    traffic: { rate: 200 },
    requests: { query: { exponential: '10ms' } },
    service: { pool: { max: 3, acquireTimeout: '100ms' } },
  });
}

/** A run that breaks off at once: somebody who is refused tries again in no time, for ever. */
export function breaksOff(): RunInput {
  const scenario = scenarioOf({
    duration: '1m',
    traffic: { rate: 200, client: { retry: { attempts: 1000, backoff: '0s' } } },
    requests: { query: '1s' },
    service: { pool: { max: 1, maxPending: 1 } },
  });
  return { scenario, seed: '1', replication: 1 };
}

/** Not what any work can begin with: the fault of whoever asks. */
export const nonsense = { scenario: null, seed: '1', replication: 1 };

/** More requests than anybody waits for. */
export function endless(): RunInput {
  return { scenario: small('20d'), seed: '1', replication: 1 };
}
