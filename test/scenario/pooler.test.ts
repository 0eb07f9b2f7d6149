import { describe, expect, it } from 'vitest';
import { formatFault } from '../../src/scenario/fault.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { valueAt } from '../../src/scenario/path.ts';
import { POOLERS } from '../../src/scenario/profiles.ts';
import { settingsAt } from '../../src/scenario/settings-at.ts';
import { faultsOf, minimal, said, scenarioOf, withPassage } from './reading.ts';

/** The smallest scenario with this pooler, which stands in line 5; what follows stands from line 6 on. */
const withPooler = (pooler: string, more = ''): string =>
  `${minimal}database: { pooler: { ${pooler} } }\n${more}`;

const withPool = (pool: string, more = ''): string => withPooler(`pool: { ${pool} }`, more);

function poolerOf(text: string, ...sets: string[]) {
  const { pooler } = scenarioOf(text, ...sets).system.database;
  if (pooler === undefined) throw new Error('no pooler');
  return pooler;
}

/** The pool of each that can be one, in as few words as it takes. */
const smallest = POOLERS.map(({ id }): [string, string] => [
  id,
  id === 'pgcat' ? 'profile: pgcat, pool_size: 15' : `profile: ${id}`,
]);

/** A timeline whose only entry sets this. */
const set = (change: string): string => `timeline: [ { at: 10s, title: T, set: { ${change} } } ]\n`;

/** The pooler after the only entry of the timeline. */
function changed(text: string) {
  return scenarioOf(text).timeline[0]?.settings?.database.pooler;
}

/** Warnings of a text without faults. */
function warningsOf(text: string): readonly string[] {
  const reading = parseScenario({ file: 'x.yaml', text, sets: [] });
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading.warnings;
}

describe('a pooler in front of the database', () => {
  it('is there only if the scenario says so', () => {
    expect(scenarioOf(minimal).system.database.pooler).toBeUndefined();
  });

  it.each(smallest)('may be %s', (id, pool) => {
    expect(poolerOf(withPool(pool)).pool.profile).toBe(id);
  });

  it('has the names, units and defaults of its product', () => {
    const { pool } = poolerOf(withPool('profile: pgbouncer, query_wait_timeout: 20'));
    expect(pool).toMatchObject({ profile: 'pgbouncer', max: 20, acquireTimeoutNs: 20e9 });
    expect(pool.policy.stickiness).toBe('session');
    const transactions = poolerOf(withPool('profile: pgbouncer, pool_mode: transaction'));
    expect(transactions.pool.policy.stickiness).toBe('transaction');
    const odyssey = poolerOf(withPool('profile: odyssey, pool_size: 7, pool_timeout: 1500'));
    expect(odyssey.pool).toMatchObject({ max: 7, acquireTimeoutNs: 1500e6 });
  });

  it('admits so many connections, while any number of them may wait', () => {
    const byDefault = poolerOf(withPool('profile: pgbouncer'));
    expect(byDefault).toMatchObject({ clientLimit: 100, pool: { maxPending: Infinity } });
    const chosen = poolerOf(withPool('profile: pgbouncer, max_client_conn: 1'));
    expect(chosen).toMatchObject({ clientLimit: 1, pool: { maxPending: Infinity } });
    for (const [id, pool] of smallest.filter(([other]) => other !== 'pgbouncer'))
      expect(poolerOf(withPool(pool)).clientLimit, id).toBe(Infinity);
  });

  it('is connected to in no time, unless the scenario says how long it takes', () => {
    expect(poolerOf(withPool('profile: odyssey')).clientLatency).toEqual({
      family: 'constant',
      value: 0,
    });
    const more = ', connect: { latency: { exponential: 5ms } }';
    expect(poolerOf(withPooler(`pool: { profile: odyssey }${more}`)).clientLatency).toEqual({
      family: 'exponential',
      mean: 5e6,
    });
  });
});

const which = 'allowed: pgbouncer, pgcat, odyssey, rds-proxy';
const write = 'write pool: { profile: pgbouncer, … }';
const none =
  'no pooler stands in front of the database; write database: { pooler: { pool: { profile: pgbouncer, … } } }';
const place = 'stands in database; write database: { pooler: { pool: { profile: pgbouncer } } }';

describe('what is wrong with a pooler', () => {
  it.each(
    [
      [
        withPool('profile: generic'),
        `5:40: database.pooler.pool.profile: generic cannot stand in front of the database; ${which}`,
      ],
      [
        withPool('profile: hikari, max: 0'),
        `5:40: database.pooler.pool.profile: hikari cannot stand in front of the database; ${which}`,
      ],
      [
        withPool('pool_mode: transaction'),
        `5:23: database.pooler.pool.profile: is missing; ${which}`,
      ],
      [
        withPool('profile: pgbuoncer, whatever: 1'),
        '5:40: database.pooler.pool.profile: pgbuoncer is unknown; did you mean pgbouncer? (`tidemark profiles` lists all)',
      ],
      [
        withPool('profile: pgcat'),
        '5:23: database.pooler.pool.pool_size: is missing; PgCat has no default',
      ],
      [withPooler(''), `5:13: database.pooler.pool: is missing; ${write}`],
      [
        withPooler('pool: pgbouncer'),
        `5:29: database.pooler.pool: pgbouncer stands where a map is needed; ${write}`,
      ],
      [
        withPooler('pool: odyssey'),
        '5:29: database.pooler.pool: odyssey stands where a map is needed; write pool: { profile: odyssey, … }',
      ],
      [withPool('profile: null'), `5:40: database.pooler.pool.profile: is empty; ${which}`],
      [withPooler('pool: null'), `5:29: database.pooler.pool: is empty; ${write}`],
      [
        `${minimal}database: { pooler: pgbouncer }\n`,
        '5:21: database.pooler: pgbouncer stands where a map is needed with the keys pool, connect',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('is a setting that its product does not know, or would refuse', () => {
    expect(faultsOf(withPool('profile: pgbouncer, default_pol_size: 5'))).toEqual([
      '5:51: database.pooler.pool.default_pol_size: unknown key; did you mean default_pool_size?',
    ]);
    expect(faultsOf(withPool('profile: pgbouncer, maximumPoolSize: 5'))).toEqual([
      "5:51: database.pooler.pool.maximumPoolSize: unknown key; it is HikariCP's, and PgBouncer calls it default_pool_size",
    ]);
    expect(
      faultsOf(withPool('profile: pgbouncer, default_pool_size: 0, max_client_conn: -1')),
    ).toEqual([
      '5:70: database.pooler.pool.default_pool_size: 0 is out of range; PgBouncer takes a whole number from 1',
      '5:90: database.pooler.pool.max_client_conn: -1 is out of range; PgBouncer takes a whole number from 0',
    ]);
    expect(faultsOf(withPool('profile: pgbouncer, max_client_conn: 0'))).toEqual([
      '5:68: database.pooler.pool.max_client_conn: 0 admits no client',
    ]);
    expect(faultsOf(withPool('profile: pgbouncer, initial: 25'))).toEqual([
      '5:60: database.pooler.pool.initial: 25 is more than default_pool_size (20); at most that, or max, is needed',
    ]);
  });

  it('is what stands beside the pool and belongs into it', () => {
    expect(
      faultsOf(withPooler('profile: pgbouncer, pool_mode: session, latency: 1ms, poll: {}')),
    ).toEqual([
      '5:23: database.pooler.profile: stands in pool; write pooler: { pool: { profile: pgbouncer, … } }',
      '5:43: database.pooler.pool_mode: stands in pool; write pooler: { pool: { profile: …, pool_mode: … } }',
      '5:63: database.pooler.latency: stands in connect; write pooler: { connect: { latency: … } }',
      '5:77: database.pooler.poll: unknown key; did you mean pool?',
    ]);
  });

  it('is what its own connections to the database cost, written at those to it', () => {
    expect(
      faultsOf(withPooler('pool: { profile: odyssey }, connect: { failure: 5%, latency: 5 }')),
    ).toEqual([
      '5:62: database.pooler.connect.failure: stands in database: { connect }, which is how the pooler connects',
      '5:84: database.pooler.connect.latency: 5: a duration needs a unit; did you mean 5s or 5ms?',
    ]);
  });

  it('is any other place than the database', () => {
    const pooler = 'pooler: { pool: { profile: pgbouncer } }';
    expect(faultsOf(`${minimal}${pooler}\n`)).toEqual([`5:1: pooler: ${place}`]);
    expect(faultsOf(withPassage(minimal, 'service: {}', `service: { ${pooler} }`))).toEqual([
      `4:12: service.pooler: ${place}`,
    ]);
    const several = `duration: 1m
services:
  web: { traffic: { rate: 5 }, requests: { query: 5ms }, ${pooler} }
`;
    expect(faultsOf(several)).toEqual([`3:58: services.web.pooler: ${place}`]);
  });
});

describe('changes of a pooler', () => {
  it('by --set reach its settings by each of their names', () => {
    const text = withPool('profile: pgbouncer');
    expect(poolerOf(text, 'database.pooler.pool.pool_size=7').pool.max).toBe(7);
    expect(poolerOf(text, 'database.pooler.pool.max=7').pool.max).toBe(7);
    const written = withPool('profile: pgbouncer, pool_size: 9');
    expect(poolerOf(written, 'database.pooler.pool.default_pool_size=7').pool.max).toBe(7);
    expect(poolerOf(written, 'database.pooler.pool.max_client_conn=30').clientLimit).toBe(30);
  });

  it('by --set may bring one', () => {
    expect(poolerOf(minimal, 'database.pooler.pool.profile=pgbouncer').pool.profile).toBe(
      'pgbouncer',
    );
    const whole = 'database.pooler={ pool: { profile: odyssey } }';
    expect(poolerOf(minimal, whole).pool.profile).toBe('odyssey');
  });

  it('by --set are refused where they stand', () => {
    expect(
      faultsOf(withPool('profile: pgbouncer, pool_size: 9'), 'database.pooler.pool.max=x'),
    ).toEqual([
      '--set database.pooler.pool.max=x: database.pooler.pool.pool_size: x is not allowed; PgBouncer takes a whole number from 1',
    ]);
    expect(faultsOf(minimal, 'service.pooler.pool.max=7')).toEqual([
      `--set service.pooler.pool.max=7: service.pooler: ${place}`,
    ]);
    expect(faultsOf(minimal, 'database.pooler.pool.max=7')).toEqual([
      `--set database.pooler.pool.max=7: ${none}`,
    ]);
    expect(faultsOf(minimal, 'database.pooler.connect.latency=7ms')).toEqual([
      `--set database.pooler.connect.latency=7ms: ${none}`,
    ]);
    const both = ['database.pooler.pool.max=7', 'database.pooler.pool.profile=pgbouncer'];
    expect(poolerOf(minimal, ...both).pool.max).toBe(7);
  });

  it('in the timeline are refused where there is none', () => {
    expect(faultsOf(`${minimal}${set('database.pooler.pool.max: 7')}`)).toEqual([
      expect.stringContaining(`timeline[0].set.database.pooler.pool.max: ${none}`),
    ]);
  });

  it('in the timeline change its numbers', () => {
    const size = set('database.pooler.pool.default_pool_size: 30');
    expect(changed(withPool('profile: pgbouncer', size))?.pool.max).toBe(30);
    const clients = set('database.pooler.pool.max_client_conn: 300');
    expect(changed(withPool('profile: pgbouncer', clients))?.clientLimit).toBe(300);
    const latency = set('database.pooler.connect.latency: 50ms');
    expect(changed(withPool('profile: pgbouncer', latency))?.clientLatency).toEqual({
      family: 'constant',
      value: 50e6,
    });
  });

  it('are found by what-if experiments', () => {
    const scenario = scenarioOf(withPool('profile: pgbouncer'));
    const reading = settingsAt(scenario, 0, { 'database.pooler.pool.max': 9 });
    expect(reading.ok && reading.settings.database.pooler?.pool.max).toBe(9);
  });

  it('in the timeline cannot add it, or take it away', () => {
    const fixed = 'whether there is a pooler in front of the database cannot change during a run';
    expect(faultsOf(minimal + set('database.pooler: { pool: { profile: pgbouncer } }'))).toEqual([
      `5:58: timeline[0].set.database.pooler: ${fixed}`,
    ]);
    expect(faultsOf(minimal + set('database.pooler.pool.profile: pgbouncer'))).toEqual([
      `5:71: timeline[0].set.database.pooler.pool.profile: ${fixed}`,
    ]);
    expect(faultsOf(withPool('profile: pgbouncer', set('database: { cores: 4 }')))).toEqual([
      `6:41: timeline[0].set.database.pooler: ${fixed}`,
    ]);
    expect(faultsOf(withPool('profile: pgbouncer', set('database.pooler: null')))).toEqual([
      '6:58: timeline[0].set.database.pooler: is empty; a map is needed with the keys pool, connect',
    ]);
  });

  it('in the timeline cannot make it another product, or work in another way', () => {
    const mode = set('database.pooler.pool.pool_mode: transaction');
    expect(faultsOf(withPool('profile: pgbouncer', mode))).toEqual([
      '6:73: timeline[0].set.database.pooler.pool.pool_mode: what pool_mode decides (stickiness: session) cannot change during a run; it is how the pool works, not a number',
    ]);
    const product = set('database.pooler.pool.profile: pgcat');
    expect(faultsOf(withPool('profile: pgbouncer', product))).toEqual([
      '6:41: timeline[0].set.database.pooler.pool.profile: the profile of a pool cannot change during a run (it is pgbouncer); compare two scenarios instead',
    ]);
    const law = set('database.pooler.connect.latency: { exponential: 5ms }');
    expect(faultsOf(withPool('profile: pgbouncer', law))).toEqual([
      "6:74: timeline[0].set.database.pooler.connect.latency: a distribution's family cannot change during a run; its parameters can",
    ]);
  });

  it('are known to provenance by any name, if the file says it', () => {
    const known =
      'provenance: { database.pooler: stated, database.pooler.pool.max: assumed, database.pooler.pool.default_pool_size: stated }\n';
    expect(faultsOf(withPool('profile: pgbouncer, pool_size: 5', known))).toEqual([]);
    const unknown = 'provenance: { database.pooler.connect.latency: assumed }\n';
    expect(faultsOf(withPool('profile: pgbouncer', unknown))).toEqual([
      '6:15: provenance.database.pooler.connect.latency: the scenario has no such path',
    ]);
  });
});

describe('what is said of the settings of a pooler', () => {
  it('is that some change nothing in the simulation', () => {
    expect(warningsOf(withPool('profile: pgbouncer, listen_port: 5000'))).toEqual([
      'x.yaml:5:64: database.pooler.pool.listen_port: changes nothing in the simulation. The port that clients connect to',
    ]);
  });

  it('is nothing of those that the simulation uses', () => {
    const text = 'profile: pgbouncer, max_client_conn: 30, max_db_connections: 5, min_pool_size: 2';
    expect(warningsOf(withPool(text))).toEqual([]);
    for (const [id, pool] of smallest) expect(warningsOf(withPool(pool)), id).toEqual([]);
  });

  it('is said where the timeline sets them', () => {
    const change = set('database.pooler.pool.listen_port: 5000');
    expect(warningsOf(withPool('profile: pgbouncer', change))).toEqual([
      'x.yaml:6:75: timeline[0].set.database.pooler.pool.listen_port: changes nothing in the simulation. The port that clients connect to',
    ]);
  });
});

describe('the JSON schema of a pooler', () => {
  const pool = valueAt(scenarioJsonSchema(), [
    ...['properties', 'database', 'properties', 'pooler', 'properties', 'pool'],
  ]);

  it('completes the poolers and their settings, and no others', () => {
    expect(pool).toMatchObject({
      description: expect.stringMatching(/connections to the database/) as string,
      properties: {
        profile: { enum: POOLERS.map(({ id }) => id) },
        pool_mode: { description: 'A setting of PgBouncer, PgCat' },
      },
      additionalProperties: false,
      // The file of `from` says which product it is.
      anyOf: [{ required: ['profile'] }, { required: ['from'] }],
    });
    expect(valueAt(pool, ['properties', 'maximumPoolSize'])).toBeUndefined();
  });

  it('marks what goes with no profile of theirs, by the rules of all pools', () => {
    expect(pool).toMatchObject({ allOf: [{ $ref: '#/$defs/pools' }] });
  });
});
