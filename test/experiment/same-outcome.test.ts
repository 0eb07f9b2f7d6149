import { describe, expect, it } from 'vitest';
import { isSameOutcome } from '../../src/experiment/same-outcome.ts';
import { MINUTE } from '../../src/engine/time.ts';
import { planWhatIf, whatIf } from '../../src/experiment/what-if.ts';
import { scenarioOf } from './small-run.ts';

const base = (contention: object) => ({
  duration: '10m',
  traffic: { rate: 300 },
  requests: { query: { exponential: '25ms', cpu: '40%' } },
  service: { instances: 2, pool: { max: 5, acquireTimeout: '2s' } },
  database: { cores: 4, maxConnections: 20, contention },
});
const usl = base({ usl: { sigma: 0.02, kappa: 0 } });
const settingsOf = (scenario: object) => scenarioOf(scenario as typeof usl).system;

/** Two pools of five, and nobody was refused. */
const roomy = { peak: 10, refused: 0 };

describe('other settings', () => {
  const changed = (part: object) => settingsOf({ ...usl, ...part });
  const same = (part: object, connections = roomy) =>
    isSameOutcome(settingsOf(usl), changed(part), connections);
  const database = (part: object) => ({ database: { ...usl.database, ...part } });

  it('serve everybody as before when they are the same', () => {
    expect(same({})).toBe(true);
  });

  it('… when a limit is another that nobody came to', () => {
    expect(same(database({ maxConnections: 13 }))).toBe(true);
    expect(same(database({ reservedConnections: 10 }))).toBe(true);
    expect(same(database({ maxConnections: 12 }))).toBe(false);
    expect(same(database({ maxConnections: 30 }), { peak: 10, refused: 1 })).toBe(false);
  });

  it('… when they only count the processor otherwise, and nobody waits for it', () => {
    const query = { requests: { query: { exponential: '25ms', cpu: '50%' } } };
    expect(same(database({ cores: 5 }))).toBe(true);
    expect(same(query)).toBe(true);
    const cores = base('cores' as unknown as object);
    const more = { ...cores, database: { ...cores.database, cores: 5 } };
    expect(isSameOutcome(settingsOf(cores), settingsOf(more), roomy)).toBe(false);
    expect(isSameOutcome(settingsOf(cores), settingsOf({ ...cores, ...query }), roomy)).toBe(false);
  });

  it('do not when anything else differs', () => {
    expect(same({ traffic: { rate: 301 } })).toBe(false);
    expect(same({ service: { instances: 2, pool: { max: 6, acquireTimeout: '2s' } } })).toBe(false);
    expect(same(database({ contention: { usl: { sigma: 0.03, kappa: 0 } } }))).toBe(false);
  });

  it('have the figures of a run of their own', () => {
    const scenario = scenarioOf(usl);
    const plan = planWhatIf(scenario, MINUTE, 'seed', MINUTE);
    if (plan === null) throw new Error('no plan');
    const { figures, connections } = whatIf(plan, scenario.system, null);
    for (const other of [database({ maxConnections: 13 }), database({ cores: 8 })]) {
      expect(isSameOutcome(scenario.system, changed(other), connections)).toBe(true);
      expect(whatIf(plan, changed(other), null).figures).toEqual(figures);
    }
  });
});
