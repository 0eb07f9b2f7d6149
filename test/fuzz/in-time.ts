// A computation that must end, made to end: what hangs would otherwise hang the tests, too.

import { Script } from 'node:vm';

const call = new Script('tidemarkFuzzed()');

/** @throws when it is not done after so many seconds, which should be a thousand times what it takes */
export function inTime<T>(seconds: number, what: () => T): T {
  Object.assign(globalThis, { tidemarkFuzzed: what });
  return call.runInThisContext({ timeout: 1000 * seconds }) as T;
}
