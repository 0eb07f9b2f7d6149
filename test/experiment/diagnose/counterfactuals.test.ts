import { expect, it } from 'vitest';
import { SECOND } from '../../../src/engine/time.ts';
import { counterfactualsOf } from '../../../src/experiment/diagnose/counterfactuals.ts';
import { instantNs } from '../../../src/experiment/diagnose/instants.ts';
import { simulate } from '../../../src/experiment/run.ts';
import { finished } from '../answer-now.ts';
import { surge } from './small-diagnosis.ts';

it('has other sizes from the alert on, to the second in a run that ends within the minute', () => {
  const scenario = surge([50, 400], {
    requests: { query: { exponential: '10ms' } },
    service: { pool: { max: 2, acquireTimeout: '1s' } },
    alerts: [{ name: 'Full', when: 'pool utilisation >= 95% over 5s', every: '1s' }],
    timeline: [
      { at: '25s', title: 'Blamed', set: { 'database.roundTrip': '2ms' } },
      { at: '30s', title: 'Fixed', set: { 'service.pool.max': 9 } },
    ],
  });
  const result = finished(simulate(scenario));
  const onsetNs = (result.bottleneck.onset?.afterSeconds ?? NaN) * SECOND;
  const all = counterfactualsOf(scenario, result, onsetNs, 0);
  const [alert] = result.alerts;
  const firedNs = instantNs(scenario, alert?.firedAt ?? '');
  expect(firedNs).toBeGreaterThan(onsetNs);
  const sizes = all.filter(({ kind }) => kind === 'pool-size');
  expect(sizes.map(({ size }) => size)).toEqual([4, 6, 8, 12]);
  for (const { atNs, changes } of sizes) {
    expect(atNs).toBeGreaterThanOrEqual(firedNs);
    expect(atNs).toBeLessThan(firedNs + SECOND);
    // What the timeline sets later still comes.
    expect(changes.map((change) => change.atNs)).toEqual([atNs, 25 * SECOND, 30 * SECOND]);
  }
  const fixes = all.filter(({ kind }) => kind === 'fix-earlier');
  expect(fixes.map(({ atNs }) => (atNs ?? 0) > onsetNs && (atNs ?? 0) < 30 * SECOND)).toEqual(
    fixes.map(() => true),
  );
  // Done at the moment of another entry, it comes after what that sets, and later ones do not undo it.
  const blamed = fixes.find(({ atNs }) => atNs === 25 * SECOND);
  const later = blamed?.changes.flatMap((change) => (change.kind === 'set' ? change : [])) ?? [];
  expect(later.map(({ atNs }) => atNs / SECOND)).toEqual([25, 25, 30]);
  expect(later.map(({ settings }) => settings.services[0]?.pool.max)).toEqual([2, 9, 9]);
  expect(later.map(({ settings }) => settings.database.roundTripNs)).toEqual([2e6, 2e6, 2e6]);
});
