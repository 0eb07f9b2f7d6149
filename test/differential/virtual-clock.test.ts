import timers from 'node:timers';
import { expect, it } from 'vitest';
import { runOnVirtualClock } from './virtual-clock.ts';

it('fires timers in order, up to the end', async () => {
  const log: number[] = [];
  await runOnVirtualClock(30, () => {
    for (const delay of [20, 10, 30]) setTimeout(() => log.push(Date.now()), delay);
  });
  expect(log).toEqual([10, 20]);
});

it('lets promises and nextTick finish before the next timer', async () => {
  const log: string[] = [];
  await runOnVirtualClock(30, () => {
    setTimeout(() => {
      process.nextTick(() => {
        void Promise.resolve()
          .then(() => Promise.resolve())
          .then(() => log.push(`promise at ${Date.now()}`));
      });
    }, 10);
    setTimeout(() => log.push(`timer at ${Date.now()}`), 11);
  });
  expect(log).toEqual(['promise at 10', 'timer at 11']);
});

it('fakes the module that tarn and mysql2 take their timers from', async () => {
  const real = timers.setTimeout;
  const log: number[] = [];
  await runOnVirtualClock(30, () => {
    const repeated = timers.setInterval(() => log.push(Date.now()), 10);
    timers.setTimeout(() => {
      timers.clearInterval(repeated);
    }, 15);
  });
  expect(log).toEqual([10]);
  expect(timers.setTimeout).toBe(real);
});

it('gives the real clock back after an error', async () => {
  const real = setTimeout;
  const failing = runOnVirtualClock(30, () => {
    setTimeout(() => {
      throw new Error('in a timer');
    }, 10);
  });
  await expect(failing).rejects.toThrow('in a timer');
  expect(setTimeout).toBe(real);
});

it('tells a tie from a consequence and from twins', async () => {
  const nothing = () => undefined;
  const tie = () => {
    setTimeout(nothing, 10);
    setTimeout(() => setTimeout(nothing, 7), 3);
  };
  const consequence = () => {
    setTimeout(() => void Promise.resolve().then(() => setTimeout(nothing, 0)), 10);
  };
  const twins = () => {
    for (const delay of [10, 10]) setTimeout(nothing, delay);
  };
  expect(await runOnVirtualClock(30, tie)).toEqual({ tied: true });
  expect(await runOnVirtualClock(30, consequence)).toEqual({ tied: false });
  expect(await runOnVirtualClock(30, twins)).toEqual({ tied: false });
});
