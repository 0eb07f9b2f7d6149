import { expect, it } from 'vitest';
import type { Influence } from '../../src/experiment/influence.ts';
import { measureFirst } from '../../src/report/init/measure-first.ts';

const outcome = (p99Ms: number) => ({ errors: 0, p99Ms });

const influence = (path: string, isNoticed: boolean): Influence => ({
  path,
  isNoticed,
  smaller: outcome(10),
  larger: isNoticed ? outcome(40) : outcome(10),
});

const about = (inputs: readonly Influence[]) =>
  measureFirst({
    stretch: { fromNs: 0, toNs: 60e9 },
    isWholeRun: true,
    unchanged: outcome(10),
    inputs,
  });

it('what to measure first is three numbers, and says so of those that do not matter', () => {
  const text = about([
    influence('requests.hold.mean', true),
    influence('database.roundTrip', false),
    influence('database.cores', false),
    influence('service.instances', false),
  ]);
  expect(text).toBe(`
# Measure first what the outcome leans on most. As it stands: 0 % fail, p99
# 10 ms.
# With half as much of it, and with half as much again:
# 1. how long a connection is out, the mean (requests.hold.mean)
#    0 % fail, p99 10 ms; 0 % fail, p99 40 ms
# 2. how long a round trip to the database takes (database.roundTrip)
#    0 % fail, p99 10 ms; 0 % fail, p99 10 ms: no matter here
# 3. how many processors the database has (database.cores)
#    0 % fail, p99 10 ms; 0 % fail, p99 10 ms: no matter here
`);
});

it('what to measure first is nothing where nothing was assumed', () => {
  expect(about([])).toBe('');
});
