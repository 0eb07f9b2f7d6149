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
    timeline: [{ at: '30s', title: 'Fixed', set: { 'service.pool.max': 9 } }],
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
    // What the timeline sets at 30 s still comes.
    expect(changes.map((change) => change.atNs)).toEqual([atNs, 30 * SECOND]);
  }
  const fixes = all.filter(({ kind }) => kind === 'fix-earlier');
  expect(fixes.map(({ atNs }) => (atNs ?? 0) > onsetNs && (atNs ?? 0) < 30 * SECOND)).toEqual(
    fixes.map(() => true),
  );
  expect(fixes.length).toBeGreaterThan(0);
});
