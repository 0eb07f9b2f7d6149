import { describe, expect, it } from 'vitest';
import { review } from '../../../src/experiment/review/review.ts';
import { at, factsOf, hikari, known, only, pool, said, wanted } from './facts.ts';

const SECOND = 1e9;

describe('the acquire timeout', () => {
  const facts = (connectionTimeout: number, seconds = 10) =>
    factsOf({
      pools: [hikari(10, { connectionTimeout })],
      callerTimeoutNs: known(seconds * SECOND),
    });

  it('hurts when it is as long as callers wait, or longer', () => {
    expect(said('acquire-timeout', facts(9999))).toEqual([]);
    expect(only('acquire-timeout', facts(10_000)).says).toContain('has no time left to use it');
    expect(only('acquire-timeout', facts(30_000))).toMatchObject({
      weight: 'hurts',
      place: { file: 'pool.yml', line: 3 },
      says: 'A request waits up to 30s for a connection (connectionTimeout), and its caller leaves after 10s: for the last 20s nobody waits for the answer, and the work is done all the same.',
      mend: expect.stringMatching(/^connectionTimeout 10000 is too long already/) as string,
      figures: { acquireTimeoutMs: 30_000, callerTimeoutMs: 10_000 },
    });
  });

  it('counts when it is the default of the product, too, and of a pooler', () => {
    const left = factsOf({ pools: [hikari(10)], callerTimeoutNs: known(10 * SECOND) });
    expect(only('acquire-timeout', left).says).toContain("(connectionTimeout, HikariCP's default)");
    const service = {
      pools: [hikari(10, { connectionTimeout: 2000 })],
      callerTimeoutNs: known(60 * SECOND),
    };
    const behind = factsOf(service, { poolers: [pool('pgbouncer')] });
    expect(only('acquire-timeout', behind).says).toContain(
      'waits up to 2m for a connection (query_wait_timeout',
    );
  });

  it('cannot be judged without knowing how long callers wait', () => {
    expect(wanted('acquire-timeout', factsOf({ pools: [hikari(10)] }))).toEqual([
      '--caller-timeout',
    ]);
  });

  it.each([
    ['pg-pool', 'connectionTimeoutMillis is not set, and the default is none'],
    ['dbcp2', 'is not set, and the default is none'],
    ['generic-pool', 'is not set, and the default is none'],
    ['mysql2', 'mysql2 has no acquire timeout'],
  ])('of %s is missing unless somebody sets it', (profile, why) => {
    expect(only('no-acquire-timeout', factsOf({ pools: [pool(profile)] }))).toMatchObject({
      weight: 'hurts',
      says: expect.stringContaining(why) as string,
    });
  });

  it('of pg-pool is missing when it is 0, and there when it is 1', () => {
    const facts = (connectionTimeoutMillis: number) =>
      factsOf({ pools: [pool('pg-pool', { connectionTimeoutMillis })] });
    expect(only('no-acquire-timeout', facts(0)).says).toContain('is switched off');
    expect(said('no-acquire-timeout', facts(1))).toEqual([]);
    expect(said('no-acquire-timeout', factsOf({ pools: [hikari(10)] }))).toEqual([]);
  });
});

describe('idle connections', () => {
  const limit = { idleLimitNs: known(350 * SECOND) };
  const rule = 'idle-connections';

  it('hurt when they may be idle for as long as something on the way allows', () => {
    // The pool keeps none open below its idle timeout, and does not check before use.
    const facts = (seconds: number) =>
      factsOf({ pools: [pool('pg-pool', { idleTimeoutMillis: seconds * 1000 })] }, limit);
    expect(said(rule, facts(349))).toEqual([]);
    expect(only(rule, facts(350))).toMatchObject({
      weight: 'hurts',
      figures: { idleLimitMs: 350_000, longestIdleMs: 350_000 },
    });
  });

  it('of a fixed-size pool are as old as the lifetime allows; a check makes it a note', () => {
    const facts = (maxLifetime: number, keepaliveTime = 0) =>
      factsOf({ pools: [hikari(10, { idleTimeout: 60_000, maxLifetime, keepaliveTime })] }, limit);
    expect(said(rule, facts(349_000))).toEqual([]);
    expect(only(rule, facts(1_800_000))).toMatchObject({
      weight: 'note',
      place: { line: 4 },
      mend: 'Keep it below that: maxLifetime 350000 is too long already.',
    });
    expect(said(rule, facts(1_800_000, 120_000))).toEqual([]);
    expect(said(rule, facts(1_800_000, 400_000))).toHaveLength(1);
  });

  it('that nothing ever closes are to note without the option, others are not', () => {
    const never = factsOf({ pools: [pool('pg-pool', { idleTimeoutMillis: 0 })] });
    expect(only(rule, never)).toMatchObject({ weight: 'note' });
    expect(said(rule, factsOf({ pools: [hikari(10)] }))).toEqual([]);
    expect(wanted(rule, never)).toEqual(['--idle-limit']);
  });
});

describe('settings that the product does not take', () => {
  const rule = 'corrected-settings';

  it('hurt when another value takes their place, with the words of the product', () => {
    const facts = factsOf({ pools: [hikari(10, { maxLifetime: 20_000 })] });
    expect(only(rule, facts)).toMatchObject({
      weight: 'hurts',
      place: { line: 3 },
      says: 'maxLifetime 20000 ms is below 30000 ms; HikariCP takes 1800000 ms.',
    });
    expect(said(rule, factsOf({ pools: [hikari(10, { maxLifetime: 30_000 })] }))).toEqual([]);
  });

  it('are to note when they have no effect', () => {
    const facts = factsOf({ pools: [hikari(10, { idleTimeout: 60_000 })] });
    expect(only(rule, facts)).toMatchObject({
      weight: 'note',
      says: expect.stringContaining('idleTimeout 60000 ms has no effect') as string,
    });
  });
});

describe('nested transactions', () => {
  const rule = 'nested-connections';
  const facts = (max: number, threads: number, each: number) =>
    factsOf({
      pools: [hikari(max)],
      threads: at(threads, 'application.yml', 7),
      connectionsPerRequest: known(each),
    });

  it.each([
    [20, 20, 2, 21],
    [40, 20, 3, 41],
    [9, 1, 10, 10],
  ])('break a pool of %i with %i threads and %i connections each', (max, threads, each, needed) => {
    expect(only(rule, facts(max, threads, each))).toMatchObject({
      weight: 'breaks',
      figures: { needed, max },
    });
    expect(said(rule, facts(needed, threads, each))).toEqual([]);
  });

  it('say the formula with its figures', () => {
    const { says, mend } = only(rule, facts(10, 20, 2));
    expect(says).toContain('20 requests run at once (application.yml:7): 20 × 1 + 1 = 21');
    expect(mend).toBe(
      'maximumPoolSize 21 at least, or 9 threads at most, or one connection a request.',
    );
  });

  it('do no harm with one connection a request, or where a thread keeps its connection', () => {
    expect(said(rule, facts(1, 200, 1))).toEqual([]);
    const rails = {
      pools: [pool('activerecord')],
      threads: known(20),
      connectionsPerRequest: known(2),
    };
    expect(said(rule, factsOf(rails))).toEqual([]);
  });

  it('lock up any pool where nothing limits requests, for ever without an acquire timeout', () => {
    const open = (pools: ReturnType<typeof pool>[]) =>
      factsOf({ pools, connectionsPerRequest: known(2) });
    expect(only(rule, open([hikari(10)]))).toMatchObject({
      weight: 'hurts',
      mend: 'At most 9 requests at once, or one connection a request.',
    });
    expect(only(rule, open([pool('pg-pool')])).weight).toBe('breaks');
    expect(wanted(rule, factsOf({ pools: [hikari(10)] }))).toEqual(['--connections-per-request']);
  });
});

describe('opening connections', () => {
  const rule = 'slow-opening';
  const facts = (p: ReturnType<typeof pool>, ms: number) =>
    factsOf({ pools: [p] }, { connectNs: known(ms * 1e6) });

  it('one at a time takes a cold pool longer than its callers wait', () => {
    // Ten logins of 400 ms and nine pauses of 30 ms: 4.27 s.
    expect(said(rule, facts(hikari(10, { connectionTimeout: 4271 }), 400))).toEqual([]);
    expect(only(rule, facts(hikari(10, { connectionTimeout: 4270 }), 400))).toMatchObject({
      weight: 'hurts',
      says: expect.stringContaining('a cold pool of 10 is full after 4.27s') as string,
      figures: { fullAfterMs: 4270, timeoutMs: 4270 },
    });
  });

  it('that takes as long as the acquire timeout turns away who waits for it', () => {
    const p = pool('pg-pool', { connectionTimeoutMillis: 400 });
    expect(said(rule, facts(p, 399))).toEqual([]);
    expect(only(rule, facts(p, 400))).toMatchObject({
      figures: { connectMs: 400, timeoutMs: 400 },
    });
  });

  it('that is given up before it is done breaks', () => {
    const p = pool('pgbouncer', { server_connect_timeout: 2 });
    const behind = (ms: number) =>
      factsOf({ pools: [hikari(10)] }, { poolers: [p], connectNs: known(ms * 1e6) });
    expect(only(rule, behind(2000))).toMatchObject({ weight: 'breaks' });
    expect(said(rule, behind(1999))).toEqual([]);
    expect(wanted(rule, factsOf({ pools: [hikari(10)] }))).toEqual(['--connect']);
  });
});

describe('defaults under a surge', () => {
  const rule = 'untouched-defaults';
  const facts = (p: ReturnType<typeof pool>) =>
    factsOf({ pools: [p], replicas: known(8), surgePerSecond: known(1800) });

  it('hurt when the size is one of them, with what it allows', () => {
    // 8 × 10 connections ÷ 1800/s = 44.4 ms.
    expect(only(rule, facts(pool('hikaricp')))).toMatchObject({
      weight: 'hurts',
      says: "maximumPoolSize (10) and connectionTimeout (30s) are left to HikariCP's default although 1800 requests/s are to come: with 80 connections each may be out for 44.4 ms on average, and no longer.",
      figures: { surgePerSecond: 1800, holdMs: 44.4444 },
    });
  });

  it('are to note when only the timeout is, and nothing when both are set', () => {
    const { weight, says, mend } = only(rule, facts(hikari(30)));
    expect(weight).toBe('note');
    // How many connections there are is somebody's choice then, and no matter of the timeout.
    expect(says).toBe(
      "connectionTimeout (30s) is left to HikariCP's default although 1800 requests/s are to come.",
    );
    expect(mend).toBe(
      'Choose connectionTimeout for that surge: who waits longer than the callers do waits for nobody.',
    );
    expect(said(rule, facts(hikari(30, { connectionTimeout: 2000 })))).toEqual([]);
  });

  it('cannot be judged without a surge', () => {
    expect(wanted(rule, factsOf({ pools: [hikari(10)] }))).toEqual(['--surge']);
  });
});

describe('findings about one pool of several', () => {
  const rule = 'no-acquire-timeout';

  it('begin with the name of the service, and of the pool', () => {
    const [web, jobs] = [pool('hikaricp'), { ...pool('pg-pool'), name: 'primary' }];
    const facts = factsOf({ name: 'web', pools: [web] }, {}, { name: 'jobs', pools: [jobs] });
    expect(only(rule, facts).says).toMatch(/^jobs, primary: A request waits for a connection/);
  });

  it('are one where the databases of a pooler have them from one line', () => {
    const poolers = ['shop', 'crm'].map((name) => ({
      ...pool('pgbouncer', { query_wait_timeout: 60 }),
      name,
    }));
    const facts = factsOf({ callerTimeoutNs: known(10 * SECOND) }, { poolers });
    expect(said('acquire-timeout', facts).map(({ says }) => says)).toEqual([
      expect.stringMatching(/^shop, crm: A request waits up to 1m /),
    ]);
  });
});

describe('a review', () => {
  it('has the heaviest findings first', () => {
    const facts = factsOf(
      {
        pools: [hikari(10, { idleTimeout: 60_000 })],
        replicas: known(10),
        callerTimeoutNs: known(SECOND),
      },
      { maxConnections: known(100) },
    );
    expect(review(facts).findings.map(({ weight, rule }) => `${weight} ${rule}`)).toEqual([
      'breaks steady-state',
      'hurts acquire-timeout',
      'note corrected-settings',
    ]);
  });
});
