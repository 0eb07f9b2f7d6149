// Random traffic for fast-check: any kind that a scenario could resolve to, and mixtures of them; all of
// it ends.

import fc from 'fast-check';
import { MILLISECOND, SECOND } from '../../src/engine/time.ts';
import type { Arrivals, TrafficSettings } from '../../src/model/traffic/settings.ts';

const arrivals: fc.Arbitrary<Arrivals> = fc.constantFrom<Arrivals>(
  { kind: 'poisson' },
  { kind: 'poisson' },
  { kind: 'deterministic' },
  { kind: 'erlang', stages: 3 },
  {
    kind: 'batch',
    sizes: [
      { size: 1, weight: 1 },
      { size: 8, weight: 2 },
    ],
  },
  { kind: 'mmpp', ratio: 10, calmNs: 300 * MILLISECOND, busyNs: 100 * MILLISECOND },
);

const share = fc.integer({ min: 0, max: 100 });

/** What of a service's traffic stays as it is during a run. */
export const trafficPlan = fc.record({
  arrivals,
  thinks: fc.constantFrom('constant' as const, 'exponential' as const),
  bursts: fc.array(fc.record({ share, count: fc.integer({ min: 1, max: 30 }) }), { maxLength: 2 }),
  trace: fc.option(
    fc.array(fc.record({ share, holdMs: fc.integer({ min: -1, max: 20 }) }), { maxLength: 20 }),
  ),
});
export type TrafficPlan = typeof trafficPlan extends fc.Arbitrary<infer T> ? T : never;

/** Traffic of about `perSecond` open requests, and at most as many by so many users, until `endNs`. */
export function trafficFor(
  { arrivals: kind, thinks, bursts, trace }: TrafficPlan,
  { perSecond, users, endNs }: { perSecond: number; users: number; endNs: number },
): TrafficSettings {
  const at = (percent: number) => Math.floor((endNs * percent) / 100);
  const thinkNs = Math.round((Math.max(1, users) * SECOND) / perSecond);
  const rows = (trace ?? []).toSorted((a, b) => a.share - b.share);
  return {
    arrivals: kind,
    rate: [
      { atNs: 0, perSecond },
      { atNs: endNs, perSecond },
      { atNs: endNs, perSecond: 0 },
    ],
    bursts: bursts
      .toSorted((a, b) => a.share - b.share)
      .map(({ share: percent, count }) => ({ atNs: at(percent), count })),
    users: {
      points: [
        { atNs: 0, users: users / 2 },
        { atNs: endNs, users },
        { atNs: endNs, users: 0 },
      ],
      think:
        thinks === 'constant'
          ? { family: 'constant', value: thinkNs }
          : { family: 'exponential', mean: thinkNs },
    },
    trace:
      trace === null
        ? null
        : {
            atNs: Float64Array.from(rows, (row) => at(row.share)),
            holdNs: Float64Array.from(rows, ({ holdMs }) =>
              holdMs < 0 ? -1 : holdMs * MILLISECOND,
            ),
          },
  };
}
