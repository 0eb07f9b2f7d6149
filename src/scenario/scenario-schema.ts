/** The scenario file as a whole: every key, what it means, and what it may hold. */
import { z } from 'zod';
import { parseInstant, parseOffset } from './calendar.ts';
import { mostEntries } from './changes.ts';
import { parseCondition } from './condition.ts';
import { durationPattern, parseDuration } from './duration.ts';
import { keyed, rule, ruleOn, uniqueNames } from './keyed.ts';
import { isList, isMap } from './path.ts';
import { read, refuse, show } from './reading.ts';
import { durationOf, yesOrNo, freeText, moment, nameWord, scalar, wordOf } from './scalars.ts';
import { systemShape } from './system-schema.ts';
import type { Grade } from './scenario.ts';

const listOf = <S extends z.ZodType>(item: S, most: number) =>
  z
    .array(item, { error: (issue) => `${show(issue.input)} stands where a list is needed` })
    .max(most, { error: `has more than ${most} entries` });

const format = scalar<1>(
  (value) =>
    value === 1
      ? read(1)
      : refuse('unknown-format', `${show(value)} is no format that this version reads; 1 is`),
  { const: 1 },
);

const seed = scalar<string>(
  (value) => {
    if (typeof value === 'string' && value !== '' && value.length <= 200) return read(value);
    if (typeof value === 'number' && Number.isSafeInteger(value)) return read(String(value));
    if (typeof value === 'number') {
      return refuse('out-of-range', `${show(value)} is not exact as a number; write it in quotes`);
    }
    return refuse('wrong-type', `${show(value)} is no seed; a whole number or a text is needed`);
  },
  { type: ['integer', 'string'] },
);

/** A length of time from 0 on, or a word that stands for the one that the run itself shows. */
const warmup = scalar<number | 'auto'>(
  (value) => {
    if (value === 'auto') return read('auto');
    const reading = parseDuration(value);
    if (reading.ok || reading.code !== 'bad-duration' || reading.message.endsWith('?'))
      return reading;
    return refuse(reading.code, `${reading.message}, or auto`);
  },
  { anyOf: [{ const: 'auto' }, { type: 'string', pattern: durationPattern, examples: ['5m'] }] },
);

const condition = scalar(parseCondition, {
  type: 'string',
  examples: ['response p99 < 1s', 'errors < 1%', 'acquire p95 < 50ms during 14:00..17:30'],
});

const alert = rule(
  keyed(
    {
      name: nameWord.meta({ description: 'Name of the alert' }),
      kind: wordOf(['automated', 'dashboard'])
        .prefault('automated')
        .meta({ description: 'dashboard: what people see; automated: what calls them' }),
      when: condition.meta({ description: 'The condition, with the time that it looks back over' }),
      every: durationOf()
        .prefault('15s')
        .meta({ description: 'How often the condition is evaluated' }),
      for: durationOf({ zero: true })
        .prefault('0s')
        .meta({ description: 'How long the condition must have held' }),
      per: wordOf(['fleet', 'instance'])
        .prefault('fleet')
        .meta({ description: 'Whether each instance has its own alert' }),
    },
    {
      synonyms: { expr: 'when', condition: 'when', interval: 'every' },
      later: ['labels', 'severity', 'action'],
    },
  ),
  ({ when, per }, report) => {
    if (!isMap(when)) return;
    const scope = when['scope'];
    if (isMap(scope) && scope['kind'] !== 'over') {
      report(['when'], 'bad-scope', 'an alert looks back over a duration, such as over 1m');
    }
    const metric = isMap(when['condition']) ? when['condition']['metric'] : undefined;
    const kind = isMap(metric) ? String(metric['kind']) : '';
    if (per === 'instance' && !perInstance.includes(kind)) {
      const message = 'per: instance is for errors, pool utilisation and pool pending only';
      report(['per'], 'not-per-instance', message);
    }
  },
);

const alerts = ruleOn(listOf(alert, 200), (value, report) => {
  if (isList(value)) uniqueNames(value, 'alerts', report);
});

const perInstance: readonly string[] = ['errors', 'pool-utilisation', 'pool-pending'];

const restart = keyed(
  {
    each: durationOf().meta({ description: 'How long each instance takes no new requests' }),
    service: nameWord
      .optional()
      .meta({ description: 'Which service; needed if there are several' }),
  },
  { later: ['parallel', 'maxSurge', 'terminating'] },
);

const outage = keyed(
  {
    lasts: durationOf({ zero: true }).meta({
      description: 'How long the database refuses connections after it has dropped all of them',
    }),
    silent: yesOrNo.prefault(false).meta({
      description: 'Nobody notices that his connection is gone before using or checking it',
    }),
  },
  { synonyms: { duration: 'lasts', for: 'lasts', each: 'lasts' } },
);

const timelineEntry = keyed(
  {
    at: moment.meta({ description: 'Clock time of the day, or offset from the start' }),
    title: freeText.meta({ description: 'What was done' }),
    set: z
      .record(z.string(), z.unknown(), { error: 'is no map of paths and values' })
      .optional()
      .meta({ description: 'Settings that change: path → value, as in service.pool.max: 20' }),
    restart: restart.optional().meta({ description: 'A rolling restart of all instances' }),
    outage: outage.optional().meta({
      description: 'The database drops all connections and refuses new ones for a while',
    }),
  },
  {
    later: ['fail', 'leak', 'surge'],
    synonyms: { name: 'title', note: 'title', time: 'at' },
  },
);

const grades: readonly Grade[] = ['stated', 'derived', 'assumed', 'fitted', 'predicted'];
const grade = wordOf(grades);

const graded = z.union([
  grade,
  keyed({
    grade: grade.meta({ description: 'How one knows' }),
    note: freeText.optional().meta({ description: 'From where' }),
  }),
]);

const readingOfFact = keyed({
  reading: freeText.meta({ description: 'One meaning of the stated fact' }),
  implies: freeText.meta({ description: 'What would follow' }),
  inReplay: freeText.meta({ description: 'What the simulation shows of it' }),
});

export const scenarioSchema = keyed(
  {
    format: format.prefault(1).meta({ description: 'Version of the file format' }),
    name: nameWord.optional().meta({ description: 'Short name; by default the name of the file' }),
    title: freeText.optional().meta({ description: 'What the scenario is, in a few words' }),
    start: scalar(parseInstant, { type: 'string', examples: ['2024-01-21T13:30:00Z'] })
      .prefault('1970-01-01T00:00:00Z')
      .meta({ description: 'Date and time of the simulated clock at the start' }),
    timezone: scalar(parseOffset, { type: 'string', examples: ['UTC', '+02:00'] })
      .optional()
      .meta({ description: 'Offset of clock times from UTC; by default that of start' }),
    duration: durationOf().meta({ description: 'Simulated time of the run' }),
    warmup: warmup.prefault('0s').meta({
      description: 'What is measured before this is left out of distributions; auto finds its end',
    }),
    seed: seed.prefault(1).meta({ description: 'Seed of chance' }),
    ...systemShape,
    objectives: listOf(condition, 200).prefault([]).meta({ description: 'What must hold' }),
    alerts: alerts.prefault([]).meta({ description: 'Alerts, evaluated as Prometheus does' }),
    timeline: listOf(timelineEntry, mostEntries)
      .prefault([])
      .meta({ description: 'What people did and when, in order of time' }),
    provenance: z
      .record(z.string(), graded, { error: 'is no map of paths and grades' })
      .prefault({})
      .meta({ description: 'How one knows: path → stated, derived, assumed, fitted or predicted' }),
    readings: listOf(readingOfFact, 50)
      .prefault([])
      .meta({ description: 'What a stated fact can mean, and what each meaning implies' }),
  },
  {
    later: ['include', 'extends', 'replications', 'outages'],
    synonyms: { tz: 'timezone', length: 'duration', slo: 'objectives', events: 'timeline' },
    elsewhere: {
      pool: 'stands in service; write service: { pool: … }',
      instances: 'stands in service; write service: { instances: … }',
      client: 'stands in traffic; write traffic: { client: … }',
      pooler: 'stands in database; write database: { pooler: { pool: { profile: pgbouncer } } }',
    },
  },
);

/** The keys at the top of a scenario file. */
export const scenarioKeys: readonly string[] = Object.keys(scenarioSchema.shape);

/** A scenario file that passed the schema, in inner units, before its parts are put together. */
export type WrittenScenario = z.output<typeof scenarioSchema>;
