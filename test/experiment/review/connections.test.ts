import { describe, expect, it } from 'vitest';
import { review } from '../../../src/experiment/review/review.ts';
import { at, factsOf, hikari, known, only, pool, said, surge, wanted } from './facts.ts';

const postgres = { maxConnections: known(100) };

/** 8 pods with HikariCP 10, rolled with a surge of 25 %. */
const worked = { pools: [hikari(10)], replicas: known(8), maxSurge: surge(25) };

describe('the pools of a fleet against max_connections', () => {
  it('fit on an ordinary day, and not while a deployment rolls: 100 where 97 are free', () => {
    const facts = factsOf(worked, postgres);
    expect(said('steady-state', facts)).toEqual([]);
    expect(only('rolling-deployment', facts)).toMatchObject({
      weight: 'breaks',
      place: { file: 'deployment.yaml', line: 9 },
      says: 'A rolling deployment runs 8 + 2 pods (maxSurge 25%): 10 pods × 10 = 100 connections, and 97 are free (max_connections 100 less 3 reserved). 3 are refused, and 1 pod cannot fill its pool.',
      mend: 'maximumPoolSize 9 at most (10 × 9 = 90), or maxSurge 1 (9 pods, 90), or max_connections 103.',
      figures: { pods: 10, needed: 100, free: 97, refused: 3, shortPods: 1, largestPool: 9 },
    });
    expect(review(facts).connections).toEqual({
      ordinary: 80,
      rolling: 100,
      ceiling: null,
      free: 97,
    });
  });

  it('of a service with no pods are none, though its pool has no limit', () => {
    const unlimited = { pools: [pool('tarn')], replicas: known(0), maxSurge: surge(25) };
    const facts = factsOf(unlimited, postgres);
    expect(review(facts).connections).toMatchObject({ ordinary: 0, free: 97 });
    const pooled = factsOf(unlimited, { ...postgres, poolers: [pool('pgbouncer')] });
    expect(review(pooled).connections.ordinary).toBe(0);
    expect(said('pooler-sessions', pooled)).toEqual([]);
  });

  it('of several services are said by one that has pods', () => {
    const asleep = { name: 'asleep', pools: [hikari(10)], replicas: known(0) };
    const awake = { name: 'awake', pools: [hikari(10)], replicas: known(20) };
    const facts = factsOf(asleep, postgres, awake);
    expect(only('steady-state', facts)).toMatchObject({
      says: expect.stringContaining('of awake full are 20 pods × 10 = 200 connections') as string,
      figures: { pods: 20, largestPool: 4 },
    });
  });

  it('count a surge in whole pods, rounded up: 25 % of 9 are 3', () => {
    const facts = factsOf({ ...worked, replicas: known(9) }, { maxConnections: known(122) });
    expect(only('rolling-deployment', facts).figures).toMatchObject({ pods: 12, needed: 120 });
    const enough = factsOf({ ...worked, replicas: known(9) }, { maxConnections: known(123) });
    expect(said('rolling-deployment', enough)).toEqual([]);
  });

  it.each([
    [82, 1],
    [83, 0],
  ])('of 80 connections on max_connections %i', (max, findings) => {
    const facts = factsOf({ ...worked, maxSurge: surge(0) }, { maxConnections: known(max) });
    const all = said('steady-state', facts);
    expect(all).toHaveLength(findings);
    for (const { weight, figures } of all) {
      expect(weight).toBe('breaks');
      expect(figures).toMatchObject({ needed: 80, free: 79, refused: 1, largestPool: 9 });
    }
  });

  it('on an ordinary day say so once, with what also fits a rollout, and who gets nothing', () => {
    const facts = factsOf(worked, { maxConnections: known(50) });
    // 47 connections fill four pools; the fifth pod gets the last seven, three pods get none.
    expect(only('steady-state', facts)).toMatchObject({
      place: { file: 'pool.yml', line: 2 },
      figures: { refused: 33, shortPods: 4, emptyPods: 3, largestPool: 5 },
      mend: 'maximumPoolSize 5 at most (8 × 5 = 40); maximumPoolSize 4 for 10 pods, as there may be, or max_connections 83.',
    });
    expect(said('rolling-deployment', facts)).toEqual([]);
  });

  it('leave out what is reserved and what others have', () => {
    const others = { ...postgres, others: known(17), reserved: known(3) };
    expect(said('steady-state', factsOf(worked, others))).toEqual([]);
    const more = { ...others, others: known(18) };
    expect(only('steady-state', factsOf(worked, more)).says).toContain(
      '79 are free (max_connections 100 less 3 reserved and 18 of others)',
    );
  });

  it('of several services add up, and each may roll by itself', () => {
    const api = { ...worked, name: 'api', pools: [hikari(5)] };
    const worker = { name: 'worker', pools: [hikari(4)], replicas: known(4), maxSurge: surge(100) };
    // 8 × 5 + 4 × 4 = 56; api rolling 10 × 5 + 16 = 66, worker rolling 40 + 8 × 4 = 72.
    const facts = factsOf(api, { maxConnections: known(70) }, worker);
    expect(said('steady-state', facts)).toEqual([]);
    expect(only('rolling-deployment', facts).says).toMatch(
      /^A rolling deployment of worker runs 4 \+ 4 pods .*: 8 pods × 4 \+ 40 of other services = 72 connections, and 67 are free/,
    );
    expect(review(facts).connections).toMatchObject({ ordinary: 56, rolling: 72 });
    const less = factsOf(api, { maxConnections: known(58) }, worker);
    expect(said('steady-state', less)).toHaveLength(1);
  });

  it('have processes, each with all pools', () => {
    const service = { ...worked, pools: [hikari(3), hikari(2)], processes: known(4) };
    // (3 + 2) × 4 processes × 5 pods = 100, for 97: at most 97 / (5 × 4 × 2) = 2 in each pool.
    const facts = factsOf({ ...service, replicas: known(5) }, postgres);
    expect(only('steady-state', facts)).toMatchObject({
      says: expect.stringContaining('5 pods × 4 processes × (3 + 2) = 100 connections') as string,
      figures: { largestPool: 2 },
    });
    expect(only('processes', facts)).toMatchObject({
      weight: 'note',
      says: 'Each of 4 processes has a pool of its own: 4 × 5 = 20 connections a pod, 100 in 5 pods.',
    });
    expect(said('processes', factsOf({ ...service, processes: known(1) }))).toEqual([]);
  });

  it('hurt, and no more, where nobody says that they are rolled by Kubernetes', () => {
    const guess = {
      value: { share: 0.25 },
      source: { kind: 'default', of: 'Kubernetes' },
    } as const;
    expect(
      only('rolling-deployment', factsOf({ ...worked, maxSurge: guess }, postgres)),
    ).toMatchObject({
      weight: 'hurts',
      place: { file: 'pool.yml', line: 2 },
      says: expect.stringContaining('if it surges by 25 % as Kubernetes does') as string,
    });
  });

  it('are kept by pods that end, as many as are replaced at a time', () => {
    const maxUnavailable = at({ share: 0.25 }, 'deployment.yaml', 10);
    const graceSeconds = at(30, 'deployment.yaml', 12);
    const service = { ...worked, maxUnavailable, graceSeconds };
    // 8 + 2 run, and 2 + 2 may be ending: 14 × 10 = 140.
    expect(said('rolling-deployment', factsOf(service, { maxConnections: known(143) }))).toEqual(
      [],
    );
    expect(
      only('rolling-deployment', factsOf(service, { maxConnections: known(142) })),
    ).toMatchObject({
      weight: 'hurts',
      place: { file: 'deployment.yaml', line: 12 },
      says: 'While a deployment rolls, up to 4 pods that are ending may keep their connections for up to 30 s beside 10 that run: 14 pods × 10 = 140 connections, and 139 are free (max_connections 142 less 3 reserved).',
      figures: { endingPods: 4, pods: 14 },
    });
  });

  it('are judged at the ceiling of the autoscaler, and in a deployment that rolls there', () => {
    const service = { ...worked, ceiling: at(12, 'hpa.yaml', 7) };
    // 12 × 10 = 120; rolling there 15 × 10 = 150.
    expect(
      only('autoscaler-ceiling', factsOf(service, { maxConnections: known(122) })),
    ).toMatchObject({
      weight: 'breaks',
      place: { file: 'hpa.yaml', line: 7 },
      mend: 'maximumPoolSize 9 at most (12 × 9 = 108), or maxReplicas 11, or a pooler in front of the database.',
    });
    expect(
      only('autoscaler-ceiling', factsOf(service, { maxConnections: known(123) })),
    ).toMatchObject({
      weight: 'hurts',
      figures: { pods: 15, needed: 150 },
    });
    expect(said('autoscaler-ceiling', factsOf(service, { maxConnections: known(153) }))).toEqual(
      [],
    );
  });

  it('are said once where the autoscaler makes no more pods than run on an ordinary day', () => {
    const service = { ...worked, ceiling: at(8, 'hpa.yaml', 7) };
    const facts = factsOf(service, { maxConnections: known(99) });
    expect(said('rolling-deployment', facts)).toHaveLength(1);
    expect(said('autoscaler-ceiling', facts)).toEqual([]);
  });

  it('cannot be judged without their number and the limit of the database', () => {
    const { replicas, ...rest } = worked;
    expect(replicas.value).toBe(8);
    expect(wanted('steady-state', factsOf(rest))).toEqual(['--replicas', '--db-max']);
    expect(wanted('rolling-deployment', factsOf(worked))).toEqual(['--db-max']);
    expect(wanted('steady-state', factsOf(worked, postgres))).toEqual([]);
  });

  it('without a limit are said to have none, with a size that would fit', () => {
    const open = { pools: [pool('database-sql')], replicas: known(8), maxSurge: surge(25) };
    const facts = factsOf(open, postgres);
    expect(only('unlimited-pool', facts)).toMatchObject({
      weight: 'hurts',
      mend: 'Set SetMaxOpenConns 12 at most, for 8 pools and 97 connections.',
    });
    expect(review(facts).connections.ordinary).toBeNull();
    expect(said('steady-state', facts)).toEqual([]);
  });
});

describe('a pooler in front of the database', () => {
  const transaction = { pool_mode: 'transaction' };
  const bouncer = (values: Parameters<typeof pool>[1]) => [
    pool('pgbouncer', { ...transaction, ...values }),
  ];

  it('takes the place of the pools behind it: they may be more than the database admits', () => {
    const facts = factsOf(worked, { maxConnections: known(50), poolers: bouncer({}) });
    expect(said('steady-state', facts)).toEqual([]);
    expect(said('rolling-deployment', facts)).toEqual([]);
  });

  it.each([
    [79, '80 connections to PgBouncer on an ordinary day, and it admits 79 (max_client_conn)'],
    [80, '100 connections to PgBouncer while a deployment rolls, and it admits 80'],
    [99, '100 connections to PgBouncer while a deployment rolls'],
    [119, "120 connections to PgBouncer at the autoscaler's ceiling, and it admits 119"],
    [120, null],
  ])('with max_client_conn %i', (max_client_conn, words) => {
    const service = { ...worked, ceiling: known(12) };
    const facts = factsOf(service, { ...postgres, poolers: bouncer({ max_client_conn }) });
    const texts = said('pooler-clients', facts).map(({ says }) => says);
    expect(texts).toEqual(words === null ? [] : [expect.stringContaining(words)]);
  });

  it('has to admit the pools in whichever state there are most of them', () => {
    const service = { ...worked, ceiling: known(12) };
    const facts = factsOf(service, { ...postgres, poolers: bouncer({ max_client_conn: 79 }) });
    // 8 × 10 on an ordinary day, 10 × 10 while a deployment rolls, 12 × 10 at the ceiling.
    expect(only('pooler-clients', facts).mend).toBe(
      "max_client_conn 120 at least, as many as can be at the autoscaler's ceiling, or smaller pools in the services.",
    );
  });

  it('must fit the database itself, its reserve and all its databases included', () => {
    const values = { max_client_conn: 500, default_pool_size: 40, reserve_pool_size: 8 };
    const two = [...bouncer(values), ...bouncer(values)];
    // 2 × (40 + 8) = 96.
    expect(
      said('pooler-servers', factsOf(worked, { maxConnections: known(99), poolers: two })),
    ).toEqual([]);
    expect(
      only('pooler-servers', factsOf(worked, { maxConnections: known(98), poolers: two })),
    ).toMatchObject({
      weight: 'breaks',
      says: expect.stringContaining('48 + 48 = 96 connections for 2 databases') as string,
      mend: 'default_pool_size 47 at most, its reserve included, or max_connections 99.',
    });
  });

  it('in session mode serves no more connections than it has', () => {
    const session = (default_pool_size: number) => [
      pool('pgbouncer', { default_pool_size, max_client_conn: 500 }),
    ];
    const facts = (size: number) => factsOf(worked, { ...postgres, poolers: session(size) });
    expect(said('pooler-sessions', facts(80))).toEqual([]);
    expect(only('pooler-sessions', facts(79))).toMatchObject({
      weight: 'breaks',
      figures: { needed: 80, servers: 79 },
    });
    expect(said('pooler-sessions', factsOf(worked, { ...postgres, poolers: bouncer({}) }))).toEqual(
      [],
    );
  });
});
