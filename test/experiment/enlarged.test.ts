import { describe, expect, it } from 'vitest';
import { enlarged } from '../../src/experiment/enlarged.ts';

describe('an input made a tenth larger', () => {
  it.each([
    ['a duration', '16.1ms', { value: '17.71ms', by: 0.1 }],
    ['a duration of two units', '1h30m', { value: '1h39m', by: 0.1 }],
    ['a share', '5%', { value: '5.5%', by: 0.1 }],
    ['a whole number, to the next one', 3, { value: 4, by: 1 / 3 }],
    ['a fraction', 0.5, { value: 0.55, by: 0.1 }],
    [
      'the times of a distribution, not its shape',
      { lognormal: { mean: '10ms', cv: 2 } },
      { value: { lognormal: { mean: '11ms', cv: 2 } }, by: 0.1 },
    ],
    ['a rate with its unit', '450/s', { value: '495/s', by: 0.1 }],
    [
      'the peaks of surges, not their moments and lengths',
      [{ name: 'lunch', peak: '800/s', at: '12:15', rise: '45m', decay: '75m' }],
      {
        value: [{ name: 'lunch', peak: '880/s', at: '12:15', rise: '45m', decay: '75m' }],
        by: 0.1,
      },
    ],
    [
      'the targets of stages, not their durations',
      [{ duration: '5m', target: '600/min' }],
      { value: [{ duration: '5m', target: '660/min' }], by: 0.1 },
    ],
    [
      'the levels of stairs, not how long each lasts',
      { from: '100/s', to: 1000, step: '100/s', each: '5m' },
      { value: { from: '110/s', to: 1100, step: '110/s', each: '5m' }, by: 0.1 },
    ],
    [
      'the rates of a curve, not its instants',
      [{ at: '1m', rps: 100 }],
      { value: [{ at: '1m', rps: 110 }], by: 0.1 },
    ],
  ])('is %s', (_, value, larger) => {
    const result = enlarged(value, 0.1);
    expect(result?.value).toEqual(larger.value);
    expect(result?.by).toBeCloseTo(larger.by, 12);
  });

  it.each([
    ['zero', 0],
    ['no share', '0%'],
    ['a word', 'unlimited'],
    ['a clock time', '14:30'],
    ['no rate', '0/s'],
    ['a whole section', { max: 10, acquireTimeout: '5s' }],
    ['nothing', undefined],
  ])('is not %s', (_, value) => {
    expect(enlarged(value, 0.1)).toBeNull();
  });
});
