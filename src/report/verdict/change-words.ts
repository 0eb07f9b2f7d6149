/** Changes of settings as people say them: `20 connections per instance`, `faster plans`. */
import type { Advice, Trial } from '../../experiment/advice.ts';
import type { RunResult } from '../../experiment/result.ts';
import { formatDuration, parseDuration } from '../../scenario/duration.ts';
import { oneLine, shorten } from '../text.ts';

/** A value longer than this is not quoted in a verdict. */
const MOST_COLUMNS = 16;

/** The pool size that a trial sets; null when it sets none. */
export function poolSizeOf({ set }: Trial): number | null {
  const path = Object.keys(set).find(isPoolSize);
  const size = path === undefined ? null : set[path];
  return typeof size === 'number' ? size : null;
}

/** Whether a path is the size of a pool. */
function isPoolSize(path: string): boolean {
  return /\bpool\.max$/.test(path);
}

/** What a trial changes; `connections` says whether a pool size needs its unit. */
export function changeWords(
  trial: Trial,
  { result, advice, connections }: { result: RunResult; advice: Advice; connections: boolean },
): string[] {
  const sizesFirst = Object.entries(trial.set).sort(
    ([a], [b]) => Number(isPoolSize(b)) - Number(isPoolSize(a)),
  );
  return sizesFirst.map(([path, value]) => {
    const words = isPoolSize(path) ? sizeWords(value, connections) : null;
    return words ?? pathWords(path, value, { result, advice });
  });
}

function sizeWords(value: unknown, connections: boolean): string | null {
  if (typeof value !== 'number') return null;
  return connections ? `${value} connections per instance` : String(value);
}

function pathWords(
  path: string,
  value: unknown,
  context: { result: RunResult; advice: Advice },
): string {
  const shown = shorten(valueWords(value), MOST_COLUMNS);
  const better = isBetterAlone(path, context.advice);
  if (path.endsWith('pool.acquireTimeout')) return timeoutWords(path, shown, context.advice);
  if (path.endsWith('pool.reconnectShare')) {
    return better ? 'fewer reconnections' : `a reconnect share of ${shown}`;
  }
  if (path.includes('requests')) {
    const what = planWords(path, context.result);
    return better ? `faster ${what}` : `the changed ${what}`;
  }
  const known = KNOWN_PATHS.find(([pattern]) => pattern.test(path));
  return known === undefined ? `${shorten(path, 30)} ${shown}` : known[1].replace('#', shown);
}

const KNOWN_PATHS: readonly (readonly [RegExp, string])[] = [
  [/\binstances$/, '# instances'],
  [/\bbalancer$/, 'the balancer #'],
  [/\broundTrip$/, 'a round trip of #'],
  [/\bconcurrency$/, 'a concurrency of #'],
  [/\bqueue$/, 'a queue of #'],
  [/\bdatabase\.cores$/, '# database cores'],
  [/\bmaxConnections$/, '# connections in the database'],
];

/** People who changed plans called them so; otherwise the scenario only knows of queries. */
function planWords(path: string, { timeline }: RunResult): string {
  const entry = timeline.find(({ set }) => path in set);
  return entry !== undefined && /\bplans?\b/i.test(entry.title) ? 'plans' : 'queries';
}

/** Survivors of an overload wait about as long as the timeout lets them. */
function timeoutWords(path: string, shown: string, advice: Advice): string {
  const alone = aloneTrial(path, advice);
  if (alone?.kind === 'timeout') return 'a shorter timeout';
  const [before, after] = [advice.unchanged.p50Ms, alone?.p50Ms ?? null];
  if (before === null || after === null) return `a timeout of ${shown}`;
  if (after < before * 0.9) return 'a shorter timeout';
  return after > before * 1.1 ? 'a longer timeout' : `a timeout of ${shown}`;
}

/** Whether fewer requests failed, or they were faster, when only this was changed. */
function isBetterAlone(path: string, advice: Advice): boolean {
  const alone = aloneTrial(path, advice);
  if (alone === undefined) return false;
  const errors = (alone.errors ?? 1) - (advice.unchanged.errors ?? 1);
  return errors < -0.005 || (alone.p50Ms ?? Infinity) < (advice.unchanged.p50Ms ?? 0) * 0.8;
}

function aloneTrial(path: string, { trials }: Advice): Trial | undefined {
  return trials.find(({ set }) => Object.keys(set).length === 1 && path in set);
}

/** A value as written; long durations in nanoseconds become readable ones. */
export function valueWords(value: unknown): string {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .map(([key, item]: [string, unknown]) => `${key} ${valueWords(item)}`)
      .join(', ');
  }
  if (typeof value !== 'string') return JSON.stringify(value);
  const duration = /^\d{4,}ns$/.test(value) ? parseDuration(value) : null;
  return duration?.ok === true ? formatDuration(duration.value) : oneLine(value);
}
