import { describe, expect, it } from 'vitest';
import { lawMean, lawScv } from '../../src/engine/law.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { faultsOf, minimal, serviceOf, withPassage } from './reading.ts';

function withQuery(query: string): string {
  return withPassage(minimal, 'query: 5ms', `query: ${query}`);
}

function withHold(hold: string): string {
  return withPassage(minimal, 'query: 5ms', `hold: ${hold}`);
}

function workOf(text: string) {
  return serviceOf(text).requests[0]?.work;
}

describe('distributions', () => {
  it.each([
    ['5ms', { family: 'constant', value: 5e6 }],
    ['{ constant: 5ms }', { family: 'constant', value: 5e6 }],
    ['{ exponential: 5ms }', { family: 'exponential', mean: 5e6 }],
    ['{ lognormal: { mean: 5ms, cv: 1.5 } }', { family: 'lognormal', mean: 5e6, cv: 1.5 }],
    ['{ uniform: { low: 0s, high: 2ms } }', { family: 'uniform', low: 0, high: 2e6 }],
    ['{ erlang: { mean: 5ms, stages: 3 } }', { family: 'erlang', mean: 5e6, stages: 3 }],
    ['{ gamma: { mean: 5ms, cv: 0.4 } }', { family: 'gamma', mean: 5e6, cv: 0.4 }],
    ['{ pareto: { mean: 5ms, shape: 2.5 } }', { family: 'pareto', mean: 5e6, shape: 2.5 }],
    [
      '{ hyperexponential: [{ share: 75%, mean: 2ms }, { share: 0.25, mean: 8ms }] }',
      {
        family: 'hyperexponential',
        branches: [
          { probability: 0.75, mean: 2e6 },
          { probability: 0.25, mean: 8e6 },
        ],
      },
    ],
  ])('read %s', (text, law) => {
    expect(workOf(withQuery(text))).toEqual({ kind: 'query', work: law, cpu: 1 });
    expect(workOf(withHold(text))).toEqual({ kind: 'hold', hold: law });
  });

  it('read the CPU share beside the family', () => {
    expect(workOf(withQuery('{ constant: 5ms, cpu: 40% }'))).toMatchObject({ cpu: 0.4 });
    expect(workOf(withQuery('{ exponential: 5ms, cpu: 0.25 }'))).toMatchObject({ cpu: 0.25 });
  });

  it('take two percentiles for a lognormal through both', () => {
    // σ = ln(180/12) ÷ 2.32635 = 1.16407; mean = 12 ms · e^(σ²/2) = 23.63 ms; cv = √(e^σ² − 1) = 1.696.
    for (const text of [
      withHold('{ p50: 12ms, p99: 180ms }'),
      withHold('{ percentiles: { p50: 12ms, p99: 180ms } }'),
    ]) {
      const work = workOf(text);
      if (work?.kind !== 'hold' || work.hold.family !== 'lognormal')
        throw new Error('no lognormal');
      expect(work.hold.mean / 1e6).toBeCloseTo(23.63, 2);
      expect(work.hold.cv).toBeCloseTo(1.696, 3);
    }
  });

  it('take mean and cv of a hyperexponential for two branches with balanced means', () => {
    const work = workOf(withHold('{ hyperexponential: { mean: 10ms, cv: 2 } }'));
    if (work?.kind !== 'hold' || work.hold.family !== 'hyperexponential') throw new Error('other');
    const [often, rarely] = work.hold.branches;
    if (often === undefined || rarely === undefined) throw new Error('no two branches');
    // p = (1 + √(3/5)) ÷ 2
    expect(often.probability).toBeCloseTo(0.8872983346, 9);
    expect(often.probability + rarely.probability).toBe(1);
    expect(often.probability * often.mean).toBeCloseTo(5e6, 3);
    expect(rarely.probability * rarely.mean).toBeCloseTo(5e6, 3);
    expect(lawMean(work.hold)).toBeCloseTo(10e6, 3);
    expect(lawScv(work.hold)).toBeCloseTo(4, 9);
  });

  it('take three percentiles for a law through all of them', () => {
    for (const text of [
      withHold('{ p50: 12ms, p95: 60ms, p99: 180ms }'),
      withHold('{ percentiles: { p50: 12ms, p95: 60ms, p99: 180ms } }'),
    ]) {
      const work = workOf(text);
      if (work?.kind !== 'hold' || work.hold.family !== 'percentiles') throw new Error('other');
      expect(work.hold).toMatchObject({ p50: 12e6, p95: 60e6, p99: 180e6 });
      // The mean of 12 ms·e^(s·z) below z95 and of its like above, by the trapezoidal rule.
      let sum = 0;
      const [s, t] = [Math.log(5) / 1.6448536269514722, Math.log(3) / 0.6814942470893686];
      for (let z = -12; z < 15; z += 1e-4) {
        const x =
          z < 1.6448536269514722
            ? 12e6 * Math.exp(s * z)
            : 60e6 * Math.exp(t * (z - 1.6448536269514722));
        sum += ((x * Math.exp((-z * z) / 2)) / Math.sqrt(2 * Math.PI)) * 1e-4;
      }
      expect(work.hold.mean / sum).toBeCloseTo(1, 6);
    }
  });

  it('take three percentiles on one line for the lognormal law, whose mean is known', () => {
    // σ = 1: p95 = e^1.6449, p99 = e^2.3263, mean = e^0.5.
    const work = workOf(withHold('{ p50: 1s, p95: 5180251602ns, p99: 10240473699ns }'));
    if (work?.kind !== 'hold' || work.hold.family !== 'percentiles') throw new Error('other');
    expect(work.hold.mean / 1e9).toBeCloseTo(Math.exp(0.5), 6);
  });

  it('scale shares that were rounded', () => {
    const thirds =
      '[{ share: 33.3%, mean: 1ms }, { share: 33.3%, mean: 2ms }, { share: 33.3%, mean: 3ms }]';
    const work = workOf(withHold(`{ hyperexponential: ${thirds} }`));
    if (work?.kind !== 'hold' || work.hold.family !== 'hyperexponential') throw new Error('other');
    for (const { probability } of work.hold.branches) expect(probability).toBeCloseTo(1 / 3, 12);
  });

  it('take equal percentiles for a duration that never varies', () => {
    const work = workOf(withHold('{ p50: 12ms, p99: 12ms }'));
    expect(work).toEqual({ kind: 'hold', hold: { family: 'lognormal', mean: 12e6, cv: 0 } });
  });

  it('warn of the mean that percentiles imply', () => {
    const text = withHold('{ p50: 12ms, p99: 180ms }');
    const reading = parseScenario({ file: 'x.yaml', text, sets: [] });
    expect(reading.ok ? reading.warnings : reading.faults.map(formatFault)).toEqual([
      'x.yaml:3:19: requests.hold: p50 12ms and p99 180ms imply a mean of 23.6ms (lognormal)',
    ]);
    const patience = withPassage(
      minimal,
      'rate: 100',
      'client: { patience: { percentiles: { p50: 1s, p99: 1s } } }, rate: 100',
    );
    const other = parseScenario({ file: 'x.yaml', text: patience, sets: [] });
    expect(other.ok ? other.warnings : other.faults.map(formatFault)).toEqual([
      'x.yaml:2:32: traffic.client.patience: p50 1s and p99 1s imply a mean of 1s (lognormal)',
    ]);
  });

  it.each([
    [
      withHold('{ p50: 12ms, p99: 10ms }'),
      ['3:37: requests.hold.p99: is shorter than p50; it must be at least as long'],
    ],
    [
      withHold('{ p50: 12ms }'),
      ['3:13: requests.hold.p99: is missing; p50 and p99 stand together'],
    ],
    [
      withHold('{ p50: 12ms, p99: 20ms, exponential: 5ms }'),
      ['3:56: requests.hold.exponential: stands beside p50 and p99; keep one'],
    ],
    [
      withQuery('{ uniform: { low: 3ms, high: 2ms } }'),
      ['3:49: requests.query.uniform.high: is shorter than low; it must be at least as long'],
    ],
    [
      withQuery('{ lognormal: { mean: 0s, cv: -1 } }'),
      [
        '3:41: requests.query.lognormal.mean: 0s is too short; a duration above 0 is needed',
        '3:49: requests.query.lognormal.cv: -1 is out of range; a number from 0 to 100 is needed',
      ],
    ],
    [
      withQuery('{ lognormal: 5ms }'),
      ['3:33: requests.query.lognormal: 5ms stands where a map is needed with the keys mean, cv'],
    ],
    [
      withQuery('{ exponential: { mean: 5ms } }'),
      ['3:35: requests.query.exponential: a map is no duration such as 30s or 1h30m'],
    ],
    [
      withQuery('{ cpu: 40% }'),
      [
        '3:20: requests.query: one of these keys is needed: constant, exponential, lognormal, uniform, erlang, gamma, hyperexponential, pareto, empirical, percentiles',
      ],
    ],
    [
      withQuery('{ constant: 5ms, exponential: 5ms }'),
      ['3:20: requests.query: constant and exponential exclude each other; keep one'],
    ],
    [
      withQuery('{ lognormall: { mean: 5ms, cv: 1 } }'),
      ['3:22: requests.query.lognormall: unknown key; did you mean lognormal?'],
    ],
    [
      withQuery('{ normal: { mean: 5ms, cv: 1 } }'),
      ['3:22: requests.query.normal: unknown key; did you mean lognormal?'],
    ],
    [withQuery('0s'), ['3:20: requests.query: 0s is too short; a duration above 0 is needed']],
    [withQuery('[5ms]'), ['3:20: requests.query: a list is no duration such as 30s or 1h30m']],
  ])('refuse %j', (text, faults) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('are known but not supported yet when the format has them and this version has not', () => {
    expect(faultsOf(withQuery('{ weibull: 5 }'))).toEqual([
      '3:22: requests.query.weibull: known, not supported yet',
    ]);
    expect(faultsOf(withHold('{ percentiles: { p50: 1ms, p90: 2ms, p99: 3ms } }'))).toEqual([
      '3:46: requests.hold.percentiles.p90: known, not supported yet',
    ]);
  });
});
