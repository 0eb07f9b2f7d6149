/** The simulated system as scenario files write it: traffic, requests, services, database. */
import { z } from 'zod';
import { exactlyOne, keyed, rule, ruleOn, uniqueNames } from './keyed.ts';
import { lawOf, measuredLaw, workLawOf, type WrittenLaw } from './law-schema.ts';
import { entry, isList, isMap } from './path.ts';
import { poolerPool, poolSchema } from './pool-schema.ts';
import { POOLERS, spellingsOf } from './profiles.ts';
import { durationOf, nameWord, numberOf, share, wordOf } from './scalars.ts';
import { trafficSchema } from './traffic-schema.ts';

const count = { whole: true, min: 1 } as const;

const cpu = share.prefault('100%').meta({ description: 'Share of the work that is CPU' });

const query = workLawOf({ cpu });

/** Transactions inside transactions inside transactions: deeper ones nobody has. */
const DEEPEST = 3;

const simpleStep = {
  app: lawOf({ zero: true }).optional().meta({
    description: 'Time in the service itself; a transaction around it keeps its connection',
  }),
  query: query.optional().meta({
    description:
      'Database work: on the connection of the transaction around it, or on one of its own',
  }),
};

/** A step of a request in which transactions may be nested so deep. */
function stepOf(depth: number): z.ZodType<WrittenStep> {
  const later = ['hold', 'sleep', 'call'];
  if (depth === 0) {
    return rule(keyed(simpleStep, { later: [...later, 'transaction'] }), (value, report) => {
      exactlyOne(value, ['app', 'query'], report);
    }) as unknown as z.ZodType<WrittenStep>;
  }
  const transaction = z
    .array(stepOf(depth - 1))
    .min(1, { error: 'is empty; at least one step is needed' })
    .optional()
    .meta({ description: 'Steps on one connection; a transaction in it takes one more' });
  return rule(keyed({ ...simpleStep, transaction }, { later }), (value, report) => {
    exactlyOne(value, ['app', 'query', 'transaction'], report);
  }) as unknown as z.ZodType<WrittenStep>;
}

/** A step as the schema leaves it. */
export interface WrittenStep {
  readonly app?: WrittenLaw;
  readonly query?: z.output<typeof query>;
  readonly transaction?: readonly WrittenStep[];
}

const requestClass = rule(
  keyed(
    {
      name: nameWord.optional().meta({ description: 'Name of the class, for paths and reports' }),
      weight: numberOf({ min: 0, max: 1e9 })
        .prefault(1)
        .meta({ description: 'Share of the class is weight ÷ sum of weights' }),
      query: query.optional().meta({
        description: 'Uncontended database work on one connection, and the share of it that is CPU',
      }),
      hold: measuredLaw.optional().meta({
        description: 'How long a connection is out, as measured; nothing is added',
      }),
      steps: z
        .array(stepOf(DEEPEST))
        .min(1, { error: 'is empty; at least one step is needed' })
        .optional()
        .meta({
          description: 'What the request does one after the other: app, query, transaction',
        }),
      leak: share.prefault(0).meta({
        description: 'Share of requests that never give their connection back',
      }),
    },
    {
      later: ['patience', 'priority'],
      elsewhere: {
        cpu: 'stands in query; write query: { …, cpu: 40% }',
        app: 'stands in steps; write steps: [{ app: 3ms }, …]',
        transaction: 'stands in steps; write steps: [{ transaction: [ … ] }]',
      },
    },
  ),
  (value, report) => {
    exactlyOne(value, ['query', 'hold', 'steps'], report);
  },
);

const requestsSchema = ruleOn(
  z.union([
    requestClass,
    z.array(requestClass).min(1, { error: 'is empty; at least one class is needed' }),
  ]),
  (value, report) => {
    const classes = isList(value) ? value : [value];
    if (classes.length > 0 && classes.every((c) => entry(c, 'weight') === 0)) {
      report([], 'no-weight', 'all weights are 0; at least one must be positive');
    }
    if (classes.length < 2) return;
    for (const [i, item] of classes.entries()) {
      if (!isMap(item) || 'name' in item) continue;
      report([i, 'name'], 'missing', 'is missing; several classes need names');
    }
    uniqueNames(classes, 'classes', report);
  },
);

const serviceShape = {
  instances: numberOf({ ...count, max: 1e5 })
    .prefault(1)
    .meta({ description: 'How many equal instances stand behind the balancer' }),
  balancer: wordOf(
    ['round-robin', 'random', 'least-connections'],
    ['power-of-two', 'weighted', 'hash', 'least-response-time', 'ip-hash', 'sticky'],
  )
    .prefault('round-robin')
    .meta({ description: 'How the balancer chooses an instance' }),
  concurrency: numberOf({ ...count, max: 1e9, word: 'unlimited' })
    .prefault('unlimited')
    .meta({ description: 'Requests that an instance works on at once' }),
  queue: numberOf({ ...count, min: 0, max: 1e9, word: 'unlimited' })
    .prefault('unlimited')
    .meta({ description: 'How many wait for that; beyond it a request is rejected' }),
  pool: poolSchema.prefault({}).meta({ description: 'The connection pool of each instance' }),
};

const poolerPlace =
  'stands in database; write database: { pooler: { pool: { profile: pgbouncer } } }';

const otherOfService = {
  later: ['autoscaler', 'autoscale', 'autoscaling', 'breaker', 'limiter', 'shed', 'threads', 'cpu'],
  synonyms: { replicas: 'instances', pods: 'instances', loadBalancer: 'balancer' },
  elsewhere: { pooler: poolerPlace },
};

const serviceSchema = keyed(serviceShape, {
  ...otherOfService,
  elsewhere: {
    ...otherOfService.elsewhere,
    traffic: 'stands at the top of the file, beside service',
    requests: 'stands at the top of the file, beside service',
    max: 'stands in pool; write pool: { max: … }',
    acquireTimeout: 'stands in pool; write pool: { acquireTimeout: … }',
  },
});

const servicesSchema = z.record(
  nameWord,
  keyed(
    {
      traffic: trafficSchema.meta({ description: 'What arrives at this service' }),
      requests: requestsSchema
        .optional()
        .meta({ description: 'The mix of requests of this service' }),
      ...serviceShape,
    },
    otherOfService,
  ),
  { error: 'is no map of services, name: { traffic, requests, pool, … }' },
);

const contention = z.union([
  wordOf(['none', 'cores'], ['cliff', 'usl']),
  rule(
    keyed(
      {
        usl: keyed(
          {
            sigma: numberOf({ min: 0, max: 1 }).meta({ description: 'Serial share' }),
            kappa: numberOf({ min: 0, max: 1 }).meta({ description: 'Cost of each pair' }),
          },
          { synonyms: { alpha: 'sigma', beta: 'kappa' }, later: ['gamma', 'n'] },
        )
          .optional()
          .meta({ description: 'Universal scalability law over held connections' }),
      },
      { later: ['cliff'] },
    ),
    (value, report) => {
      exactlyOne(value, ['usl'], report);
    },
  ),
]);

/** Settings of the products that can be poolers, written beside `pool` instead of in it. */
const besidePool = POOLERS.flatMap((profile) =>
  profile.settings.flatMap((setting) => spellingsOf(profile, setting)),
).map((name) => [name, `stands in pool; write pooler: { pool: { profile: …, ${name}: … } }`]);

const ofTheDatabase = 'stands in database: { connect }, which is how the pooler connects';

const pooler = keyed(
  {
    pool: poolerPool,
    connect: keyed(
      {
        latency: lawOf({ zero: true })
          .prefault('0s')
          .meta({ description: 'How long a service takes to connect to the pooler' }),
      },
      { elsewhere: { failure: ofTheDatabase, closing: ofTheDatabase } },
    )
      .prefault({})
      .meta({
        description: 'What a connection to the pooler costs; database.connect is its own',
      }),
  },
  {
    elsewhere: {
      ...(Object.fromEntries(besidePool) as Record<string, string>),
      profile: 'stands in pool; write pooler: { pool: { profile: pgbouncer, … } }',
      latency: 'stands in connect; write pooler: { connect: { latency: … } }',
    },
  },
);

const databaseSchema = rule(
  keyed(
    {
      cores: numberOf({ ...count, max: 1e5 })
        .prefault(16)
        .meta({ description: 'CPU cores of the database server' }),
      contention: contention
        .prefault('none')
        .meta({ description: 'How queries slow each other down: none, cores, or usl' }),
      roundTrip: durationOf({ zero: true })
        .prefault('0s')
        .meta({ description: 'Network time of one query, there and back' }),
      maxConnections: numberOf({ ...count, max: 1e9, word: 'unlimited' })
        .prefault('unlimited')
        .meta({ description: 'Connections that the server admits, all pools together' }),
      reservedConnections: numberOf({ ...count, min: 0, max: 1e9 })
        .prefault(3)
        .meta({ description: 'Of those, kept back for the superuser' }),
      otherConnections: numberOf({ ...count, min: 0, max: 1e9 })
        .prefault(0)
        .meta({ description: 'Of those, used by somebody outside the simulation' }),
      pooler: pooler
        .optional()
        .meta({ description: 'Stands between the pools of the services and the database' }),
      connect: keyed(
        {
          latency: lawOf({ zero: true })
            .prefault('0s')
            .meta({ description: 'How long it takes to establish a connection' }),
          failure: share.prefault(0).meta({
            description: 'Share of attempts to connect that fail, after the latency',
          }),
          closing: durationOf({ zero: true })
            .prefault('0s')
            .meta({ description: 'How long closing a connection takes; then its slot is free' }),
        },
        { later: ['acceptRate', 'timeout'], synonyms: { failures: 'failure' } },
      )
        .prefault({})
        .meta({ description: 'What a new connection costs' }),
    },
    {
      later: ['locks', 'statementTimeout', 'replicas', 'events'],
      synonyms: {
        cpus: 'cores',
        rtt: 'roundTrip',
        latency: 'roundTrip',
        max_connections: 'maxConnections',
      },
      elsewhere: {
        outage: 'stands in timeline; write timeline: [{ at: …, title: …, outage: { lasts: 30s } }]',
        outages:
          'stands in timeline; write timeline: [{ at: …, title: …, outage: { lasts: 30s } }]',
      },
    },
  ),
  ({ maxConnections, reservedConnections, otherConnections }, report) => {
    if (typeof maxConnections !== 'number') return;
    const taken = Number(reservedConnections ?? 0) + Number(otherConnections ?? 0);
    if (taken < maxConnections) return;
    const message = `${maxConnections} leaves no connection: ${taken} are reserved or used by others`;
    report(['maxConnections'], 'out-of-range', message);
  },
);

/** The parts of a scenario that are the system, all optional: `placementProblems` says which are missing. */
export const systemShape = {
  traffic: trafficSchema.optional().meta({ description: 'What arrives' }),
  requests: requestsSchema
    .optional()
    .meta({ description: 'The mix of requests; one class needs no list' }),
  service: serviceSchema.optional().meta({ description: 'The one service of the scenario' }),
  services: servicesSchema
    .optional()
    .meta({ description: 'Several services on one database, by name' }),
  database: databaseSchema.prefault({}).meta({ description: 'The database behind all pools' }),
};
