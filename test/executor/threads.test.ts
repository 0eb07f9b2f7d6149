import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import type { Executor } from '../../src/experiment/executor.ts';
import { InlineExecutor } from '../../src/executor/inline.ts';
import type { SimulationLimit } from '../../src/model/simulation-limit.ts';
import { sabotaged } from '../cli/sabotage.ts';
import { ended, root } from '../cli/tidemark.ts';
import { breaksOff, deaf, endless, nonsense, runsOf, threadsOf } from './built.ts';

const uneven = runsOf([40, 1, 25, 1, 1, 30, 2, 3]);

async function threads(workers: number, signal = new AbortController().signal, folder?: string) {
  const { ThreadExecutor } = await threadsOf(folder);
  return new ThreadExecutor(workers, signal);
}

/** Those end with the test that asks for them. */
async function threadsForATest(workers: number, signal?: AbortSignal, folder?: string) {
  const executor = await threads(workers, signal, folder);
  onTestFinished(() => executor.close());
  return executor;
}

/** Threads of this process, as Linux counts them; nothing is known elsewhere. */
function threadsNow(): number {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').length : 0;
}

const kinds: [string, () => Promise<Executor>][] = [
  ['inline', () => Promise.resolve(new InlineExecutor())],
  ['three threads', () => threads(3)],
];

describe.each(kinds)('%s', (_, make) => {
  let executor: Executor;
  beforeAll(async () => {
    executor = await make();
  });
  afterAll(() => executor.close());

  it('answers work of uneven length in the order of its inputs, and tells of each as it comes', async () => {
    const expected = await new InlineExecutor().run(uneven, deaf);
    const told: unknown[] = [];
    const listeners = { ...deaf, onOutput: (output: unknown) => void told.push(output) };
    const outputs = await executor.run(uneven, listeners);
    expect(JSON.stringify(outputs)).toBe(JSON.stringify(expected));
    expect(new Set(outputs.map((output) => JSON.stringify(output))).size).toBe(8);
    expect(told.length).toBe(8);
    expect(new Set(told)).toEqual(new Set(outputs));
  });

  it('tells how many requests it has simulated, never fewer than before nor more than all', async () => {
    const told: number[] = [];
    const batch = runsOf([900, 900, 900]);
    const listeners = { ...deaf, onRequests: (requests: number) => void told.push(requests) };
    const outputs = (await executor.run(batch, listeners)) as { requests: { arrived: number } }[];
    const all = outputs.reduce((sum, { requests }) => sum + requests.arrived, 0);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(all);
  });

  it('has nothing to say to an empty batch', async () => {
    expect(await executor.run({ ...uneven, inputs: [] }, deaf)).toEqual([]);
  });

  it("throws a scenario's limit with its class, code and moment", async () => {
    const batch = { ...uneven, inputs: [...uneven.inputs, breaksOff()] };
    const error: unknown = await executor.run(batch, deaf).catch((reason: unknown) => reason);
    expect((error as Error).constructor.name).toBe('SimulationLimit');
    const { code, message, atNs } = error as SimulationLimit;
    expect(code).toBe('zero-time-loop');
    expect(message).toMatch(/^at /);
    expect(atNs).toBeGreaterThan(0);
  });

  it('throws a fault of ours as an error with its message', async () => {
    const batch = { ...uneven, inputs: [nonsense] };
    await expect(executor.run(batch, deaf)).rejects.toThrow(/null/);
  });

  it('throws the failure that comes first in the order of inputs, and begins nothing more', async () => {
    const long = runsOf([60]).inputs;
    const many = runsOf(Array.from({ length: 40 }, () => 1)).inputs;
    const inputs = [...long, breaksOff(), nonsense, ...many];
    let told = 0;
    const listeners = { ...deaf, onOutput: () => (told += 1) };
    const error: unknown = await executor
      .run({ ...uneven, inputs }, listeners)
      .catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'zero-time-loop' });
    expect(told).toBeLessThan(5);
  });

  it('throws what a listener throws', async () => {
    const full = new Error('the disk is full');
    const onOutput = () => {
      throw full;
    };
    await expect(executor.run(uneven, { ...deaf, onOutput })).rejects.toBe(full);
  });
});

describe('threads that are told to stop', () => {
  it('end at once, and what is awaited throws the reason', async () => {
    const controller = new AbortController();
    const before = threadsNow();
    const executor = await threadsForATest(2, controller.signal);
    const batch = { ...uneven, inputs: [endless(), endless(), endless()] };
    const running = executor.run(batch, deaf).catch((reason: unknown) => reason);
    await pause(300);
    const reason = new Error('stop');
    const startedMs = performance.now();
    controller.abort(reason);
    expect(await running).toBe(reason);
    await executor.close();
    expect(performance.now() - startedMs).toBeLessThan(5000);
    expect(threadsNow()).toBeLessThanOrEqual(before);
    await expect(executor.run(batch, deaf)).rejects.toBe(reason);
  });
});

describe('a thread that ends in the middle of its work', () => {
  it('is a fault of ours, said so, and not waited for', async () => {
    const copy = sabotaged('executor/worker.js', 'const steps', 'process.exit(0); $&');
    const executor = await threadsForATest(2, undefined, copy);
    await expect(executor.run(runsOf([1, 1, 1]), deaf)).rejects.toThrow(
      /^bug: a thread ended in the middle of its work: /,
    );
  });

  it('for want of memory is no fault of ours, and says what to do', async () => {
    const copy = sabotaged(
      'executor/threads.js',
      'execArgv: imported',
      '$&, resourceLimits: { maxOldGenerationSizeMb: 8 }',
    );
    const args = ['--import', 'tsx', join(root, 'test/executor/starved.ts'), copy];
    const { stdout } = await ended(spawn(process.execPath, args, { cwd: root }));
    expect(stdout).toMatch(/^OutOfMemory: .*use fewer --workers$/);
  });

  it('for want of a typed array is that too', async () => {
    const copy = sabotaged(
      'executor/worker.js',
      'const steps',
      "throw new RangeError('Array buffer allocation failed'); $&",
    );
    const executor = await threadsForATest(1, undefined, copy);
    await expect(executor.run(runsOf([1]), deaf)).rejects.toMatchObject({ name: 'OutOfMemory' });
  });
});
