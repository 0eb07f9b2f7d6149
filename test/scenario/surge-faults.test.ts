// What is refused in surges, stages and stairs, and what is warned of.

import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { faultsOf, minimal, said, withPassage } from './reading.ts';

/** A minute from 00:00 on. */
const minute = (traffic: string) => withPassage(minimal, 'rate: 100', traffic);

describe('what is wrong with surges, stages and stairs', () => {
  const surge = (keys: string) => `base: 450, surges: [{ ${keys} }]`;

  it.each(
    [
      ['base: 450, rate: 100', '2:10: traffic: rate and base exclude each other; keep one'],
      [
        'stages: [{ duration: 5s, target: 1 }], stairs: { from: 1, to: 2, step: 1, each: 1s }',
        '2:10: traffic: stages and stairs exclude each other; keep one',
      ],
      [
        'surges: [{ peak: 800/s, at: 5s, rise: 1s, decay: 1s }]',
        '2:20: traffic.surges: rise from a base, and there is none; base: 0/s is from nothing',
      ],
      [
        'rate: 450, surges: []',
        '2:31: traffic.surges: rise from a base, and there is none; write base instead of rate',
      ],
      [
        'rate: 450, startRate: 5',
        '2:34: traffic.startRate: is where stages begin, and there are none',
      ],
      [
        'base: 450rps',
        '2:18: traffic.base: 450rps is no rate; a number from 0 to 1000000000 of requests per second, or a rate such as 450/s or 27000/min, is needed; did you mean 450/s?',
      ],
      [
        'base: 450, surges: 5',
        '2:31: traffic.surges: is no list of surges { name, peak, at, rise, decay }',
      ],
      ['base: 450, surge: []', '2:23: traffic.surge: unknown key; did you mean surges?'],
      [surge('at: 5s, rise: 1s, decay: 1s'), '2:32: traffic.surges[0].peak: is missing'],
      [
        surge('peak: 800, at: 5, rise: 45, decay: { exponental: 5s }'),
        '2:49: traffic.surges[0].at: 5 is not a clock time such as 14:30 or 14:30:15, or an offset such as 45s or 1h30m; did you mean 5s?',
        '2:58: traffic.surges[0].rise: 45: a duration needs a unit; did you mean 45s or 45ms?',
        '2:71: traffic.surges[0].decay.exponental: unknown key; did you mean exponential?',
      ],
      [
        surge('peak: 800, at: 5s, rise: 4s, decay: { halfLife: 5s }'),
        '2:72: traffic.surges[0].decay.halfLife: unknown key; did you mean exponential? (its time constant is 1.44 half-lives)',
      ],
      [
        surge('peak: 800, at: 5s, rampUp: 4s, decay: 4s'),
        '2:53: traffic.surges[0].rampUp: unknown key; did you mean rise?',
      ],
      [
        surge('peak: 800, at: 5s, rise: 0s, decay: 0s'),
        '2:32: traffic.surges[0]: lasts no time: rise, for and decay are 0s; bursts are for one moment',
      ],
      [
        surge('peak: 800, at: 0s, rise: 5s, decay: 0s'),
        '2:49: traffic.surges[0].at: the surge is over when the run starts',
      ],
      [
        surge('peak: 800, at: "00:02", rise: 10s, decay: 4s'),
        '2:49: traffic.surges[0].at: the surge begins after the end of the run (00:01)',
      ],
      [
        'base: 1, surges: [{ name: flash sale, peak: 2, at: 5s, rise: 1s, decay: 1s }, { name: flash-sale, peak: 2, at: 5s, rise: 1s, decay: 1s }]',
        '2:98: traffic.surges.flash-sale.name: flash-sale is the name of two surges',
      ],
      [
        'base: 0/s, surges: [{ peak: 0, at: 5s, rise: 1s, decay: 1s }]',
        '2:18: traffic.base: is 0 all the time: nothing would ever arrive',
      ],
      ['stages: []', '2:20: traffic.stages: is empty; at least one stage is needed'],
      [
        'stages: [{ target: 5/s, at: 5m }, { duration: 0, target: 5 }]',
        '2:21: traffic.stages[0].duration: is missing',
        '2:36: traffic.stages[0].at: is not for stages, which follow one another; write duration',
        '2:58: traffic.stages[1].duration: 0: a duration needs a unit; did you mean 0s or 0ms?',
      ],
      [
        'stages: [{ duration: 5s, target: 0 }]',
        '2:20: traffic.stages: is 0 all the time: nothing would ever arrive',
      ],
      [
        'stages: [{ duration: 5s, target: 5 }], timeUnit: 1m, startVUs: 4',
        '2:51: traffic.timeUnit: stands in each rate; write target: 27000/min, say',
        '2:65: traffic.startVUs: is of users; write users: [{ at: 0s, users: 10 }, …]',
      ],
      [
        'stairs: { from: 1, to: 1000, step: 0.1, each: 5s }',
        '2:47: traffic.stairs.step: makes 9991 levels; at most 1000 can be',
      ],
      [
        'stairs: { from: 1, to: 1000, step: 0, each: 5s }',
        '2:47: traffic.stairs.step: is 0: the stairs would never leave their first level',
      ],
      [
        'stairs: { from: 1, to: 1000, by: 10, each: 5s }',
        '2:41: traffic.stairs.by: unknown key; did you mean step?',
      ],
      [
        'stairs: 5',
        '2:20: traffic.stairs: 5 stands where a map is needed with the keys from, to, step, each',
      ],
    ].map(([traffic = '', ...faults]) => said([minute(traffic), faults])),
  )('is refused: %s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('is said of a clock time that belongs to the next day', () => {
    const late = '{ peak: 800, at: "09:45", rise: 5m, decay: 10m }';
    const text = minute(`base: 450, surges: [${late}]`);
    expect(faultsOf(`start: 2024-05-01T10:00:00Z\n${text}`)).toEqual([
      "3:49: traffic.surges[0].at: the surge begins after the end of the run (10:01); a clock time before its start (10:00) is the next day's",
    ]);
  });

  it('is that there are too many of them', () => {
    const many = Array.from({ length: 101 }, () => '{ peak: 2, at: 5s, rise: 1s, decay: 1s }');
    expect(faultsOf(minute(`base: 1, surges: [${many.join(', ')}]`))).toEqual([
      '2:29: traffic.surges: has more than 100 surges',
    ]);
    const stages = Array.from({ length: 1001 }, () => '{ duration: 1s, target: 1 }');
    expect(faultsOf(minute(`stages: [${stages.join(', ')}]`))).toEqual([
      '2:20: traffic.stages: has more than 1000 stages',
    ]);
  });

  it('is a second rate that the timeline sets beside them', () => {
    const text = `${minute('base: 5')}timeline: [{ at: 30s, title: x, set: { traffic.rate: 7 } }]
`;
    expect(faultsOf(text)).toEqual([
      '5:54: timeline[0].set.traffic.rate: traffic: rate and base exclude each other; keep one',
    ]);
  });
});

describe('a warning', () => {
  it.each([
    [
      'base: 450/s, surges: [{ peak: 350/s, at: 5s, rise: 1s, decay: 1s }]',
      'x.yaml:2:42: traffic.surges[0].peak: 350/s is below the base, 450/s: a dip; peak is the whole rate, base included',
    ],
    [
      'base: 4, surges: [{ name: flash sale, peak: 5, at: 61s, rise: 10s, decay: 1s }]',
      'x.yaml:2:63: traffic.surges.flash-sale.at: the run ends at 00:01, before the peak is reached',
    ],
    [
      'stages: [{ duration: 40s, target: 5 }, { duration: 40s, target: 7 }]',
      'x.yaml:2:20: traffic.stages: take 1m20s, and the run ends after 1m',
    ],
    [
      'stairs: { from: 1, to: 7, step: 1, each: 10s }',
      'x.yaml:2:20: traffic.stairs: take 1m10s, and the run ends after 1m',
    ],
  ])('is given of %s', (traffic, warning) => {
    const reading = parseScenario({ file: 'x.yaml', text: minute(traffic), sets: [] });
    expect(reading.ok && reading.warnings).toEqual([warning]);
  });

  it('is not given of stages and stairs that end with the run or before', () => {
    const traffic = 'stairs: { from: 1, to: 6, step: 1, each: 10s }';
    const reading = parseScenario({ file: 'x.yaml', text: minute(traffic), sets: [] });
    expect(reading.ok && reading.warnings).toEqual([]);
  });
});

describe('what the timeline does to surges', () => {
  const surge = '{ name: flash sale, peak: 800/s, at: 30s, rise: 1s, decay: 1s }';
  const withSets = (...sets: string[]) =>
    `${minute(`base: 450, surges: [${surge}]`)}timeline:\n${sets.map((set, i) => `  - { at: ${i + 1}s, title: t, set: { ${set} } }\n`).join('')}`;
  const warningsOf = (...sets: string[]) => {
    const parsed = parseScenario({ file: 'x.yaml', text: withSets(...sets), sets: [] });
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
    return parsed.warnings;
  };
  const never = 'the surge begins after the end of the run (00:01)';

  it('is warned of once, when it moves one out of the run', () => {
    const warnings = warningsOf(
      'traffic.surges.flash-sale.at: 5m',
      'traffic.surges.flash-sale.peak: 900/s',
      'traffic.surges.flash-sale.at: 40s',
      `traffic.surges: [{ name: flash sale, peak: 800/s, at: 5m, rise: 1s, decay: 1s }]`,
    );
    expect(warnings.map((text) => text.replace(/^x.yaml:\d+:\d+: /, ''))).toEqual([
      `timeline[0].set.traffic.surges.flash-sale.at: ${never}`,
      `timeline[3].set.traffic.surges: ${never}`,
    ]);
    expect(warningsOf('traffic.surges.flash-sale.at: 50s')).toEqual([]);
  });

  it('names one by its word in paths, and says so where somebody writes the blank', () => {
    const text = withSets('"traffic.surges.flash sale.peak": 900/s');
    expect(faultsOf(text)).toEqual([
      '6:32: timeline[0].set.traffic.surges.flash sale.peak: "traffic.surges.flash sale.peak" is no path such as service.pool.max; did you mean traffic.surges.flash-sale.peak?',
    ]);
  });
});
