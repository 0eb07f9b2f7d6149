/** Traffic as scenario files write it: open arrivals, bursts, users. */
import { z } from 'zod';
import { MILLISECOND } from '../engine/time.ts';
import { clientSchema } from './client-schema.ts';
import { traceShape } from './trace-schema.ts';
import { exactlyOne, keyed, rule, type Report } from './keyed.ts';
import { lawOf } from './law-schema.ts';
import { didYouMean } from './near-miss.ts';
import { isMap, type PlainMap } from './path.ts';
import { perSecond } from './rate.ts';
import { read, refuse, show } from './reading.ts';
import { durationOf, moment, numberOf, scalar, share } from './scalars.ts';
import { rateWays, surgesBelongTogether, surgeShape } from './surge-schema.ts';

/** Every change of the timeline checks all points again. */
const mostPoints = 2000;
/** Users there may be, and requests of one burst or batch. */
const mostAtOnce = 10_000_000;
const requests = numberOf({ whole: true, min: 1, max: mostAtOnce });

/** At least one of these must be there, or nothing would ever arrive. */
const sources = [...rateWays, 'bursts', 'users', 'trace'] as const;

function belongTogether(map: PlainMap, report: Report): void {
  const has = (key: string) => map[key] !== undefined;
  // Where one of these stands alone, it says itself what it needs.
  const half = ['surges', 'startRate'].some((key) => key in map);
  if (!half && !sources.some((key) => key in map)) {
    report([], 'missing-alternative', `one of these keys is needed: ${sources.join(', ')}`);
  }
  const isKind = isMap(map['arrivals']) || plain.some((word) => word === map['arrivals']);
  if (isKind && !rateWays.some((key) => key in map)) {
    report(['arrivals'], 'needs-rate', 'says how arrivals scatter around a rate; rate is missing');
  }
  surgesBelongTogether(map, report);
  if ('speed' in map && !('trace' in map)) {
    report(['speed'], 'needs-trace', 'is the speed of a trace, and there is no trace');
  }
  if ('users' in map && !('think' in map)) {
    report(['think'], 'missing', 'is missing; users need it, such as think: { exponential: 7s }');
  }
  if (has('think') && !('users' in map)) {
    report(['think'], 'needs-users', 'is of users, and there are none; write users: 50, say');
  }
}

/** A number, or a list of points in order of time. */
function curveOf<N extends z.ZodType, P extends z.ZodType>(number: N, point: P, words: string) {
  return z.union([
    number,
    z
      .array(point, { error: `is no number and no list of points ${words}` })
      .min(1, { error: 'has no points; at least one is needed' })
      .max(mostPoints, { error: `has more than ${mostPoints} points` }),
  ]);
}

const at = moment.meta({ description: 'Clock time of the day, or offset from the start' });

const ratePoint = keyed(
  { at, rps: perSecond.meta({ description: 'Requests per second at that moment' }) },
  { synonyms: { rate: 'rps', perSecond: 'rps', time: 'at' } },
);

const wholeUsers = numberOf({ whole: true, min: 0, max: mostAtOnce });

const userPoint = keyed(
  {
    at,
    users: numberOf({ min: 0, max: mostAtOnce }).meta({
      description: 'Users at that moment; between points their number is rounded down',
    }),
  },
  { synonyms: { count: 'users', target: 'users', time: 'at' } },
);

const bursts = z
  .array(
    keyed(
      { at, count: requests.meta({ description: 'How many requests' }) },
      { synonyms: { size: 'count', requests: 'count', time: 'at' } },
    ),
    { error: 'is no list of bursts { at, count }' },
  )
  .min(1, { error: 'is empty; at least one burst is needed' })
  .max(mostPoints, { error: `has more than ${mostPoints} bursts` });

const plain = ['poisson', 'deterministic'] as const;
const howToSwitch = 'arrivals: { mmpp: { ratio: 3.5, calm: 1s, busy: 200ms } }';

/** What to say to somebody who wrote only the name of a kind that is more than a name. */
const howToWrite: Readonly<Record<string, string>> = {
  erlang: 'erlang needs its stages; write arrivals: { erlang: 4 }',
  batch: 'batch needs its size; write arrivals: { batch: 5 }',
  mmpp: `mmpp needs its phases; write ${howToSwitch}`,
  burst: 'a burst has a moment; write bursts: [{ at: 10s, count: 50 }] beside the rate',
  trace: 'a trace has its own moments; write trace: FILE, without arrivals',
};

const arrivalWord = scalar<(typeof plain)[number]>(
  (value) => {
    const word = plain.find((w) => w === value);
    if (word !== undefined) return read(word);
    const wanted = `allowed: ${plain.join(', ')}, or a map with erlang, batch or mmpp`;
    if (typeof value !== 'string') {
      return refuse('wrong-type', `${show(value)} is not allowed; ${wanted}`);
    }
    const how = Object.hasOwn(howToWrite, value) ? howToWrite[value] : undefined;
    if (how !== undefined) return refuse('needs-parameters', how);
    if (value === 'hyperexponential') {
      return refuse('not-supported-yet', `${value} is known, not supported yet; ${wanted}`);
    }
    const near = didYouMean(value, [...plain, ...Object.keys(howToWrite)]);
    const rest = near === '' ? `; ${wanted}` : `${near} (${wanted})`;
    return refuse('unknown-value', `${show(value)} is unknown${rest}`);
  },
  { enum: plain },
);

/** What shares that were rounded may miss of a whole. */
const roundingOfShares = 0.001;

const batchSizes = rule(z.record(z.string(), share), (map, report) => {
  for (const size of Object.keys(map)) {
    if (/^[1-9]\d*$/.test(size) && Number(size) <= mostAtOnce) continue;
    const message = `is no size; a whole number from 1 to ${mostAtOnce} is needed`;
    report([size], 'bad-size', message);
  }
  const shares = Object.values(map);
  if (!shares.every((s) => typeof s === 'number')) return;
  const sum = shares.reduce((a, b) => a + b, 0);
  if (Math.abs(sum - 1) <= roundingOfShares) return;
  const percent = Number((100 * sum).toPrecision(6));
  report([], 'not-whole', `the shares of the sizes add up to ${percent}%; 100% is needed`);
});

/** Shorter phases would be a matter of batches, and cost an event each. */
const shortestPhase = MILLISECOND;

const switching = rule(
  keyed(
    {
      ratio: numberOf({ min: 1, max: 1e6 }).meta({
        description: 'Rate of the busy phases ÷ rate of the calm ones; the mean stays the rate',
      }),
      calm: durationOf().meta({ description: 'Mean length of the calm phases' }),
      busy: durationOf().meta({ description: 'Mean length of the busy phases' }),
    },
    { synonyms: { quiet: 'calm', idle: 'calm', burst: 'busy', factor: 'ratio' } },
  ),
  (map, report) => {
    for (const key of ['calm', 'busy']) {
      const length = map[key];
      if (typeof length !== 'number' || length === 0 || length >= shortestPhase) continue;
      report([key], 'out-of-range', 'is too short; phases last 1ms or more (batch is for less)');
    }
  },
);

const kindKeys = ['erlang', 'batch', 'mmpp'] as const;

const arrivals = z.union([
  arrivalWord,
  rule(
    keyed(
      {
        erlang: numberOf({ whole: true, min: 1, max: 1000 })
          .optional()
          .meta({ description: 'Gaps are sums of so many exponential stages' }),
        batch: z
          .union([requests, batchSizes])
          .optional()
          .meta({ description: 'Requests at one moment: a size, or sizes and their shares' }),
        mmpp: switching
          .optional()
          .meta({ description: 'Busy and calm phases, exponentially long, around the rate' }),
      },
      { later: ['hyperexponential'], synonyms: { stages: 'erlang', size: 'batch' } },
    ),
    (map, report) => {
      exactlyOne(map, kindKeys, report);
    },
  ),
]);

/** What arrives at a service, as scenario files write it. */
export const trafficSchema = rule(
  keyed(
    {
      arrivals: arrivals.optional().meta({
        description: 'How the moments of arrival scatter around the rate',
        default: 'poisson',
      }),
      rate: curveOf(perSecond, ratePoint, '{ at, rps }').optional().meta({
        description:
          'Requests per second: a number, or points joined linearly, constant before the first and after the last',
      }),
      ...surgeShape,
      bursts: bursts.optional().meta({ description: 'Requests that arrive all at one moment' }),
      users: curveOf(wholeUsers, userPoint, '{ at, users }').optional().meta({
        description:
          'Users who send a request, wait for its outcome, think, and send the next: a number, or points',
      }),
      think: lawOf({ zero: true })
        .optional()
        .meta({ description: 'How long a user thinks between an outcome and the next request' }),
      ...traceShape,
      client: clientSchema.prefault({}).meta({ description: 'What clients do while they wait' }),
    },
    {
      synonyms: {
        ...{ rps: 'rate', perSecond: 'rate', burst: 'bursts', spikes: 'bursts' },
        ...{ baseline: 'base', baseRate: 'base', surge: 'surges', peaks: 'surges' },
        ...{ steps: 'stairs', staircase: 'stairs', ramp: 'stages' },
        ...{ vus: 'users', clients: 'users', population: 'users' },
        ...{ thinkTime: 'think', pacing: 'think' },
      },
      elsewhere: {
        timeout: 'stands in client; write client: { timeout: … }',
        retry: 'stands in client; write client: { retry: … }',
        erlang: 'stands in arrivals; write arrivals: { erlang: 4 }',
        batch: 'stands in arrivals; write arrivals: { batch: 5 }',
        mmpp: `stands in arrivals; write ${howToSwitch}`,
        timeUnit: 'stands in each rate; write target: 27000/min, say',
        startVUs: 'is of users; write users: [{ at: 0s, users: 10 }, …]',
      },
    },
  ),
  belongTogether,
);
