// A unit of work for bench/workers.ts, the same in a thread and in a process of its own: simulates the
// scenario of each message with the built library, and answers how long that took.
import { parentPort } from 'node:worker_threads';
import type * as Library from '../src/index.ts';

const built = new URL('../dist/index.js', import.meta.url).href;
const library = (await import(built)) as typeof Library;
const { parseScenario, simulate } = library;

function timed(text: string) {
  const reading = parseScenario({ file: 'chunk.yaml', text, sets: [] });
  if (!reading.ok) throw new Error('bug: the scenario of the workers is refused');
  const start = performance.now();
  const { requests } = simulate(reading.scenario);
  return { ms: performance.now() - start, arrived: requests.arrived };
}

if (parentPort === null) {
  process.on('message', (text: string) => process.send?.(timed(text)));
} else {
  const port = parentPort;
  port.on('message', (text: string) => {
    port.postMessage(timed(text));
  });
}
