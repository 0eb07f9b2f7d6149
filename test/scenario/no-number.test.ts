import { describe, expect, it } from 'vitest';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { importFaults } from './import/importing.ts';

/** VALUE wherever a scenario wants a number, a time, a rate, a word or a map. */
const SCENARIO = `duration: VALUE
seed: VALUE
start: VALUE
warmup: VALUE
traffic: { rate: VALUE, arrivals: VALUE, bursts: [ { at: VALUE, count: VALUE } ], client: VALUE }
requests: { name: VALUE, weight: VALUE, leak: VALUE, query: { lognormal: { mean: VALUE, cv: VALUE }, cpu: VALUE } }
service: { instances: VALUE, concurrency: VALUE, queue: VALUE, pool: { profile: pg-pool, max: VALUE, idleTimeoutMillis: VALUE } }
database: { cores: VALUE, contention: { usl: { sigma: VALUE, kappa: VALUE } }, roundTrip: VALUE, connect: VALUE }
objectives: [ VALUE ]
alerts: [ { name: VALUE, kind: VALUE, when: VALUE, every: VALUE } ]
timeline: [ { at: VALUE, title: gone, outage: { lasts: VALUE } } ]
`;

const FILES = {
  'pool.json': '{ "host": "db", "max": VALUE, "connectionTimeoutMillis": VALUE }',
  'application.yml': 'spring.datasource.hikari: { maximum-pool-size: VALUE, idle-timeout: VALUE }',
  'r2dbc.yml': 'spring.r2dbc.pool: { max-size: VALUE, max-acquire-time: VALUE }',
  'values.yaml': `image: { tag: x }
replicaCount: VALUE
resources: { limits: { cpu: VALUE, memory: VALUE } }
updateStrategy: { rollingUpdate: { maxSurge: VALUE } }
`,
};

describe.each(['.nan', '1e400'])('%s', (written) => {
  it('is refused in a scenario, by the name that it has in YAML, and nothing is made of it', () => {
    const text = SCENARIO.replaceAll('VALUE', written);
    const parsed = parseScenario({ file: 'x.yaml', text, sets: [] });
    const faults = parsed.ok ? [] : parsed.faults.map(formatFault);
    expect(faults.length).toBeGreaterThan(20);
    expect(faults.join('\n')).not.toMatch(/NaN|did you mean/);
  });

  it.each(Object.entries(FILES))('is refused so in %s', (file, template) => {
    const faults = importFaults(file, template.replaceAll('VALUE', written));
    expect(faults).toHaveLength(template.split('VALUE').length - 1);
    expect(faults.join('\n')).not.toMatch(/NaN|did you mean/);
  });
});
