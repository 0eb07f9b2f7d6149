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
});
