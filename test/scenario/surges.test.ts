// Surges on a base, stages and stairs: the points of the rate that they mean.

import { describe, expect, it } from 'vitest';
import { RateCurve } from '../../src/model/traffic/rate-curve.ts';
import { resultOf } from '../experiment/small-run.ts';
import { minimal, scenarioOf, serviceOf, withPassage } from './reading.ts';

const S = 1e9;
const MINUTE = 60 * S;
const HOUR = 60 * MINUTE;

/** A day's work from 10 o'clock on. */
const day = (traffic: string) =>
  withPassage(minimal, 'rate: 100', traffic).replace(
    'duration: 1m',
    'start: 2024-05-01T10:00:00Z\nduration: 10h',
  );
/** A minute from 00:00 on. */
const minute = (traffic: string) => withPassage(minimal, 'rate: 100', traffic);

const lunch = '{ name: lunch, peak: 800/s, at: "12:15", rise: 45m, decay: 75m }';
const sale =
  '{ name: flash sale, peak: 1800/s, at: "18:00", rise: 30s, decay: { exponential: 5m } }';

function ratePoints(text: string, ...sets: string[]) {
  return serviceOf(text, ...sets).traffic.rate.map(({ atNs, perSecond }) => [atNs / S, perSecond]);
}

describe('surges', () => {
  it('rise from the base, reach the peak at their moment, and fall back', () => {
    expect(ratePoints(day(`base: 450/s, surges: [${lunch}]`))).toEqual([
      [0, 450],
      [1.5 * 3600, 450], // 11:30
      [2.25 * 3600, 800], // 12:15
      [3.5 * 3600, 450], // 13:30
    ]);
  });

  it('stay at their peak for as long as they say', () => {
    const surge = '{ peak: 30000/min, at: 10s, rise: 5s, for: 20s, decay: 10s }';
    expect(ratePoints(minute(`base: 100, surges: [${surge}]`))).toEqual([
      [0, 100],
      [5, 100],
      [10, 500],
      [30, 500],
      [40, 100],
    ]);
  });

  it('jump where a rise or a decay takes no time', () => {
    const surge = '{ peak: 500/s, at: 10s, rise: 0s, for: 20s, decay: 0s }';
    expect(ratePoints(minute(`base: 100, surges: [${surge}]`))).toEqual([
      [0, 100],
      [10, 100],
      [10, 500],
      [30, 500],
      [30, 100],
    ]);
  });

  it('add up where they overlap, whatever their order', () => {
    const a = '{ name: a, peak: 300/s, at: 20s, rise: 10s, decay: 20s }';
    const b = '{ name: b, peak: 500/s, at: 30s, rise: 20s, decay: 0s }';
    const points = [
      [0, 100],
      [10, 100],
      [20, 500], // 100 + 200 + half of 400
      [30, 600], // 100 + half of 200 + 400
      [30, 200],
      [40, 100],
    ];
    expect(ratePoints(minute(`base: 100, surges: [${a}, ${b}]`))).toEqual(points);
    expect(ratePoints(minute(`base: 100, surges: [${b}, ${a}]`))).toEqual(points);
  });

  it('begin on their way where they began before the run', () => {
    const surge = '{ peak: 500/s, at: 5s, rise: 20s, decay: 10s }';
    expect(ratePoints(minute(`base: 100, surges: [${surge}]`))).toEqual([
      [0, 400],
      [5, 500],
      [15, 100],
    ]);
  });

  it('may be dips, never below nothing', () => {
    const dip = '{ peak: 0/s, at: 20s, rise: 10s, decay: 10s }';
    expect(ratePoints(minute(`base: 100, surges: [${dip}]`))).toEqual([
      [0, 100],
      [10, 100],
      [20, 0],
      [30, 100],
    ]);
    expect(ratePoints(minute(`base: 100, surges: [${dip}, ${dip}]`))).toEqual([
      [0, 100],
      [10, 100],
      [15, 0],
      [20, 0],
      [25, 0],
      [30, 100],
    ]);
  });

  it('may be none, which is the base alone', () => {
    expect(ratePoints(minute('base: 450/s, surges: []'))).toEqual([[0, 450]]);
    expect(ratePoints(minute('base: 450/s'))).toEqual([[0, 450]]);
  });

  it('decay exponentially to within 0.13 % of their height, and never below the base', () => {
    const curve = new RateCurve(serviceOf(day(`base: 450/s, surges: [${sale}]`)).traffic.rate);
    const peak = 8 * HOUR;
    expect(curve.perSecondAt(peak)).toBe(1800);
    for (let s = 0; s < 3600; s++) {
      const share = (curve.perSecondAt(peak + s * S) - 450) / 1350;
      expect(Math.abs(share - Math.exp(-s / 300)), `${s} s after the peak`).toBeLessThan(0.0013);
    }
    expect(curve.perSecondAt(peak + HOUR)).toBe(450);
    // Half of the rise of 30 s.
    expect(curve.perSecondAt(peak - 15 * S)).toBeCloseTo(1125, 9);
  });

  it('rise exponentially as they would decay, seen backwards', () => {
    const surge = (rise: string, decay: string) =>
      `base: 10, surges: [{ peak: 90/s, at: 30s, rise: ${rise}, decay: ${decay} }]`;
    const [up, down] = [surge('{ exponential: 3s }', '0s'), surge('0s', '{ exponential: 3s }')].map(
      (traffic) => new RateCurve(serviceOf(minute(traffic)).traffic.rate),
    );
    for (let s = 0.05; s < 30; s += 0.1) {
      const [before, after] = [up?.perSecondAt((30 - s) * S), down?.perSecondAt((30 + s) * S)];
      expect(before, `${s} s from the peak`).toBeCloseTo(after ?? 0, 6);
    }
  });

  it('let as many requests arrive as the curve encloses', () => {
    // 20/s for a minute; the surge: 80/s · (10 s ÷ 2 + 5 s + 20 s ÷ 2).
    const surge = { peak: '100/s', at: '20s', rise: '10s', for: '5s', decay: '20s' };
    const document = {
      duration: '1m',
      traffic: { arrivals: 'deterministic', base: '20/s', surges: [surge] },
      requests: { hold: '1ms' },
      service: {},
    };
    expect(Math.abs(resultOf(document).requests.arrived - (1200 + 1600))).toBeLessThanOrEqual(1);
  });

  it('change by path, by name or index', () => {
    const text = day(`base: 450/s, surges: [${lunch}, ${sale}]`);
    const most = (...sets: string[]) => {
      const rates = ratePoints(text, ...sets).map(([, perSecond]) => perSecond ?? 0);
      return Math.max(...rates);
    };
    expect(most()).toBe(1800);
    expect(most('traffic.surges.flash-sale.peak=2500/s')).toBe(2500);
    expect(most('traffic.surges[1].peak=900/s')).toBe(900);
    expect(most('traffic.surges[1].peak=900/s', 'traffic.surges.lunch.peak=60000/min')).toBe(1000);
    expect(most('traffic.surges=[]', 'traffic.base=27000/min')).toBe(450);
  });

  it('change in the middle of a run', () => {
    const text = `${minute('base: 100, surges: [{ name: sale, peak: 200/s, at: 50s, rise: 10s, decay: 10s }]')}timeline:
  - { at: 30s, title: more, set: { traffic.base: 150/s, traffic.surges.sale.peak: 400/s } }
`;
    const rate = scenarioOf(text).timeline[0]?.settings?.services[0]?.traffic.rate;
    expect(rate?.map(({ atNs, perSecond }) => [atNs / S, perSecond])).toEqual([
      [0, 150],
      [40, 150],
      [50, 400],
      [60, 150],
    ]);
  });
});

describe('stages', () => {
  it("are k6's: linear from one target to the next, a jump in 0s, and then nothing arrives", () => {
    const stages =
      '[{ duration: 10s, target: 800/s }, { duration: 20s, target: 800/s }, { duration: 0s, target: 6000/min }, { duration: 5s, target: 0/s }]';
    expect(ratePoints(minute(`stages: ${stages}`))).toEqual([
      [0, 0],
      [10, 800],
      [30, 800],
      [30, 100],
      [35, 0],
      [35, 0],
    ]);
  });

  it('begin at the start rate, and end with a jump to nothing', () => {
    expect(
      ratePoints(minute('startRate: 300/s, stages: [{ duration: 10s, target: 500/s }]')),
    ).toEqual([
      [0, 300],
      [10, 500],
      [10, 0],
    ]);
  });

  it('let as many requests arrive as they enclose, and none after the last', () => {
    const document = {
      duration: '1m',
      traffic: {
        arrivals: 'deterministic',
        startRate: 10,
        stages: [
          { duration: '10s', target: '50/s' },
          { duration: '0s', target: '20/s' },
          { duration: '20s', target: '20/s' },
        ],
      },
      requests: { hold: '1ms' },
      service: {},
    };
    // 30/s · 10 s + 20/s · 20 s.
    expect(Math.abs(resultOf(document).requests.arrived - 700)).toBeLessThanOrEqual(1);
  });
});

describe('stairs', () => {
  it('are constant rates with jumps between them, and then nothing arrives', () => {
    expect(
      ratePoints(minute('stairs: { from: 100/s, to: 300/s, step: 100/s, each: 10s }')),
    ).toEqual([
      [0, 100],
      [10, 100],
      [10, 200],
      [20, 200],
      [20, 300],
      [30, 300],
      [30, 0],
    ]);
  });

  it('end at their last level, however large the last step, also downwards', () => {
    const levels = (stairs: string) =>
      ratePoints(minute(`stairs: { ${stairs}, each: 1s }`))
        .filter((_, i) => i % 2 === 1)
        .map(([, perSecond]) => perSecond);
    expect(levels('from: 100, to: 250, step: 100')).toEqual([100, 200, 250]);
    expect(levels('from: 250, to: 100, step: 100')).toEqual([250, 150, 100]);
    expect(levels('from: 5, to: 5, step: 1')).toEqual([5]);
    // 0.1 + 0.1 + 0.1 is not quite 0.3.
    expect(levels('from: 0.1, to: 0.3, step: 0.1')).toHaveLength(3);
  });
});
