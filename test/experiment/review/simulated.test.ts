import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/experiment/review/given.ts';
import type { ReviewFacts } from '../../../src/experiment/review/facts.ts';
import { parseScenario } from '../../../src/scenario/parse-scenario.ts';
import { findings } from '../../scenario/import/importing.ts';

const shop = `duration: 1h
traffic:
  rate:
    - { at: 0s, rps: 450 }
    - { at: 10m, rps: 1800 }
  client: { timeout: 10s }
requests:
  - name: order
    steps: [ { transaction: [ { query: 5ms }, { transaction: [ { query: 2ms } ] } ] } ]
  - { name: page, query: 5ms }
service:
  instances: 8
  concurrency: 200
  pool: { profile: hikaricp, maximum-pool-size: 12 }
database:
  maxConnections: 200
  otherConnections: 7
  connect: { latency: 40ms }
`;

function read(text: string, ...files: ReturnType<typeof findings>[]) {
  const parsed = parseScenario({ file: 'shop.yaml', text, sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(({ message }) => message).join('\n'));
  return factsOf(files, { file: 'shop.yaml', ...parsed }, {});
}

/** `8 :12` for each fact of a map that stands in a file, `3 default` for others. */
function words(map: object): Record<string, string> {
  const known = Object.entries(map as ReviewFacts).filter(([, fact]) => 'source' in Object(fact));
  return Object.fromEntries(
    (known as [string, NonNullable<ReviewFacts['connectNs']>][]).map(([name, fact]) => {
      const { value, source } = fact;
      const from = source.kind === 'file' ? `:${source.place.line}` : source.kind;
      return [name, `${typeof value === 'object' ? JSON.stringify(value) : value} ${from}`];
    }),
  );
}

describe('what a scenario says to a review', () => {
  it('is its pool, instances, callers, surge, nested transactions and database, with their lines', () => {
    const { facts } = read(shop);
    expect(words(facts)).toEqual({
      maxConnections: '200 :16',
      others: '7 :17',
      connectNs: '40000000 :18',
      reserved: '3 default',
    });
    const [service] = facts.services;
    expect(words(service ?? {})).toEqual({
      replicas: '8 :12',
      threads: '200 :13',
      connectionsPerRequest: '2 :8',
      callerTimeoutNs: '10000000000 :6',
      surgePerSecond: '1800 :4',
      maxSurge: '{"share":0.25} default',
    });
    expect(service?.pools[0]?.settings.max).toBe(12);
    expect(service?.pools[0]?.written.get('maximumPoolSize')?.line).toBe(14);
  });

  it('gives way to configuration files, which have the newer pool and pods', () => {
    const file = findings('pool.json', '{ "max": 5, "idleTimeoutMillis": 1000 }');
    const { facts, faults } = read(shop, file);
    expect(faults).toEqual([]);
    const [service] = facts.services;
    expect(service?.pools.map(({ profile, settings }) => [profile.id, settings.max])).toEqual([
      ['pg-pool', 5],
    ]);
    expect(words(service ?? {})).toMatchObject({ replicas: '8 :12', threads: '200 :13' });
  });

  it('no surge is a rate that does not rise, and no limit is no fact', () => {
    const plain = shop
      .replace('rps: 1800', 'rps: 450')
      .replace('  maxConnections: 200\n', '')
      .replace('  client: { timeout: 10s }\n', '');
    const { facts } = read(plain);
    expect(facts.services[0]?.surgePerSecond).toBeUndefined();
    expect(facts.services[0]?.callerTimeoutNs).toBeUndefined();
    expect(facts.maxConnections).toBeUndefined();
  });

  it('of several services is what each says, and no configuration file can belong to all', () => {
    const part = (pool: string) =>
      `{ traffic: { rate: 10 }, requests: { query: 5ms }, instances: 2, pool: ${pool} }`;
    const two = `duration: 1m\nservices:\n  api: ${part('{ max: 4 }')}\n  jobs: ${part('{ profile: pg-pool, max: 3 }')}\n`;
    const { facts } = read(two);
    const pools = facts.services.map(({ name, pools: [pool] }) => [
      name,
      pool?.profile.id,
      pool?.settings.max,
      pool?.place.line,
    ]);
    expect(pools).toEqual([
      ['api', 'generic', 4, 3],
      ['jobs', 'pg-pool', 3, 4],
    ]);
    const { faults } = read(two, findings('pool.json', '{ "max": 5, "idleTimeoutMillis": 1 }'));
    expect(faults.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'shop.yaml: has several services, and configuration files are of one; review them apart',
    ]);
  });
});
