import { describe, expect, it } from 'vitest';
import { checkRunOptions } from '../../../src/cli/run/options.ts';

const nothing = { color: true };

describe('the options of a run', () => {
  it.each([
    [{ seed: '' }, '--seed: is empty'],
    [{ out: '' }, '--out: is empty'],
    [{ events: '' }, '--events: is empty'],
    [{ set: ['nonsense'] }, '--set nonsense: write path=value'],
    [{ set: ['=5'] }, '--set =5: write path=value'],
    [{ first: '10' }, '--first: says how long the log of --events FILE gets'],
    [{ events: 'e', first: '0' }, '--first 0: must be a whole number from 1 to 1,000,000,000'],
    [{ events: 'e', first: '1e3' }, '--first 1e3: must be a whole number from 1'],
    [{ maxInFlight: '-1' }, '--max-in-flight -1: must be a whole number from 1'],
    [{ maxInFlight: '1.5' }, '--max-in-flight 1.5: must be a whole number from 1'],
    [{ maxInFlight: '9'.repeat(400) }, 'must be a whole number from 1'],
    [{ replications: '0' }, '--replications 0: must be a whole number from 1 to 10,000'],
    [{ replications: '10001' }, '--replications 10001: must be a whole number from 1'],
    [{ precision: '60%' }, '--precision 60%: must be a percentage from 0.1% to 50%'],
    [{ precision: '0.05%' }, '--precision 0.05%: must be a percentage from 0.1% to 50%'],
    [{ precision: '5' }, '--precision 5: must be a percentage from 0.1% to 50%; did you mean 5%?'],
    [{ precision: 'high' }, '--precision high: must be a percentage'],
    [{ maxReplications: '20' }, '--max-replications: bounds the runs of --precision'],
    [{ precision: '5%', maxReplications: '5' }, '--max-replications 5: must be a whole number'],
    [{ precision: '5%', replications: '5' }, '--replications: --precision decides how many'],
  ])('are refused when they are %j', (raw, message) => {
    expect(checkRunOptions({ ...nothing, ...raw }).faults).toEqual([
      expect.stringContaining(message),
    ]);
  });

  it('name all their faults at once', () => {
    const { faults } = checkRunOptions({ ...nothing, seed: '', set: ['a', 'b'], first: 'c' });
    expect(faults.map((fault) => fault.split(/[ :]/)[0])).toEqual([
      '--seed',
      '--set',
      '--set',
      '--first',
      '--first',
    ]);
  });

  it('split a setting at its first equals sign', () => {
    const { options } = checkRunOptions({ ...nothing, set: ['a.b=x=y', ' c = 5 ', 'd='] });
    expect(options.sets).toEqual([
      { path: 'a.b', text: 'x=y' },
      { path: 'c', text: '5' },
      { path: 'd', text: '' },
    ]);
  });

  it('log a thousand events unless told otherwise', () => {
    expect(checkRunOptions({ ...nothing, events: 'e' }).options.events?.first).toBe(1000);
    expect(checkRunOptions({ ...nothing, events: 'e', first: '7' }).options.events?.first).toBe(7);
  });

  it('run once unless told otherwise, and for a precision at most 200 times', () => {
    const replicationsOf = (raw: object) =>
      checkRunOptions({ ...nothing, ...raw }).options.replications;
    expect(replicationsOf({})).toEqual({ kind: 'fixed', count: 1 });
    expect(replicationsOf({ replications: '30' })).toEqual({ kind: 'fixed', count: 30 });
    const precise = { kind: 'precise', precision: 0.025, most: 200 };
    expect(replicationsOf({ precision: '2.5%' })).toEqual(precise);
    expect(replicationsOf({ precision: '2.5%', maxReplications: '40' })).toEqual({
      ...precise,
      most: 40,
    });
  });
});
