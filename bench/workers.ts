/**
 * `npm run bench:workers`: two worker threads beside two independent processes, on chunks that last at
 * least half a second. Turn by turn both do the same work at once; the ratio says what sharing a process
 * costs. This is elapsed time, so it needs two cores that are free.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { medianWithInterval } from './interleaved.ts';
import { benchOptions } from './options.ts';
import { figure, print } from './tables.ts';
import { plainText } from './workloads.ts';

const ROUNDS = 15;
const WARM_UPS = 6;
/** Shorter chunks than this say little. */
const LEAST_MS = 500;

interface Chunk {
  readonly ms: number;
  readonly arrived: number;
}

/** A thread or a process that simulates what it is sent. */
interface Unit {
  readonly work: (text: string) => Promise<Chunk>;
  readonly stop: () => void;
}

const task = new URL('./worker-entry.js', import.meta.url);

function thread(): Unit {
  const worker = new Worker(task, { execArgv: [] });
  return {
    async work(text) {
      worker.postMessage(text);
      const [chunk] = (await once(worker, 'message')) as [Chunk];
      return chunk;
    },
    stop: () => void worker.terminate(),
  };
}

function independentProcess(): Unit {
  const child = fork(task, { execArgv: [] });
  return {
    async work(text) {
      child.send(text);
      const [chunk] = (await once(child, 'message')) as [Chunk];
      return chunk;
    },
    stop: () => void child.kill(),
  };
}

/** Both at once: the time of the slower one. */
async function together(units: readonly Unit[], text: string): Promise<number> {
  const chunks = await Promise.all(units.map((unit) => unit.work(text)));
  return Math.max(...chunks.map(({ ms }) => ms));
}

const { json } = benchOptions();
const threads = [thread(), thread()];
const processes = [independentProcess(), independentProcess()];
let customers = 250_000;
for (let k = 0; k < WARM_UPS; k++) {
  const text = plainText('a', customers);
  const fastest = Math.min(await together(threads, text), await together(processes, text));
  if (fastest < 2 * LEAST_MS) customers *= 2;
}
const text = plainText('a', customers);
const ratios: number[] = [];
const times: number[] = [];
for (let k = 0; k < ROUNDS; k++) {
  const first = k % 2 === 0 ? await together(threads, text) : 0;
  const processMs = await together(processes, text);
  const threadMs = k % 2 === 0 ? first : await together(threads, text);
  ratios.push(processMs / threadMs);
  times.push(threadMs);
}
for (const unit of [...threads, ...processes]) unit.stop();
const speed = medianWithInterval(ratios);
const chunkMs = medianWithInterval(times).median;
if (json) print(JSON.stringify({ speed, chunkMs, customers }, null, 2));
else {
  print(`two threads reach ${figure(speed.median)} of the speed of two processes`);
  print(`95 %: ${figure(speed.low)} to ${figure(speed.high)}; chunks of ${figure(chunkMs)} ms`);
}
