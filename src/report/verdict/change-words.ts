/** Changes of settings as people say them: `20 connections per instance`, `faster plans`. */
import type { Advice, Trial } from '../../experiment/advice.ts';
import type { RunResult } from '../../experiment/result.ts';
import { formatDuration, parseDuration } from '../../scenario/duration.ts';
import { poolTarget } from '../../scenario/pool-target.ts';
import { oneLine, shorten } from '../text.ts';

/** A value longer than this is not quoted in a verdict. */
const MOST_COLUMNS = 16;

/** Connections per instance with what a trial sets; null when it sets no pool size. */
export function poolSizeOf({ set, connections }: Trial): number | null {
  if (connections !== undefined) return connections;
  const path = Object.keys(set).find((one) => one.endsWith('pool.max'));
  const size = path === undefined ? null : set[path];
  return typeof size === 'number' ? size : null;
}

/** A pool's size as a trial sets it, by the product's own setting; null when it sets none. */
export function sizeSetBy(
  trial: Trial,
  result: RunResult,
): { readonly own: string | null; readonly value: number } | null {
  for (const [path, value] of Object.entries(trial.set)) {
    if (typeof value !== 'number' || !isPoolSize(path, trial, result)) continue;
    return { own: poolTargetOf(path, result)?.own ?? null, value };
  }
  return null;
}

/** Whether a path is the size of a pool: of one that says so, or by what it does to it. */
function isPoolSize(path: string, { kind }: Trial, result: RunResult): boolean {
  const target = poolTargetOf(path, result);
  return target !== null && (target.sets === 'max' || kind === 'pool-size');
}

/** Whether a path is the acquire timeout of a pool. */
export function isAcquireTimeout(path: string, result: RunResult): boolean {
  return poolTargetOf(path, result)?.sets === 'acquireTimeoutNs';
}

function poolTargetOf(path: string, { services }: RunResult) {
  return poolTarget(path, (name) => services.find((s) => s.name === name)?.product?.profile);
}

/** What a trial changes; `connections` says whether a pool size needs its unit. */
export function changeWords(
  trial: Trial,
  { result, advice, connections }: { result: RunResult; advice: Advice; connections: boolean },
): string[] {
  const sizesFirst = Object.entries(trial.set).sort(
    ([a], [b]) => Number(isPoolSize(b, trial, result)) - Number(isPoolSize(a, trial, result)),
  );
  return sizesFirst.map(([path, value]) => {
    const isSize = isPoolSize(path, trial, result);
    const own = poolTargetOf(path, result)?.own ?? null;
    const words = isSize ? sizeWords(value, own, connections) : null;
    return words ?? pathWords(path, value, { result, advice });
  });
}

function sizeWords(value: unknown, own: string | null, connections: boolean): string | null {
  if (typeof value !== 'number') return null;
  if (own !== null && connections) return `${own} ${value}`;
  return connections ? `${value} connections per instance` : String(value);
}

function pathWords(
  path: string,
  value: unknown,
  context: { result: RunResult; advice: Advice },
): string {
  const shown = shorten(valueWords(value), MOST_COLUMNS);
  const better = isBetterAlone(path, context.advice);
  const target = poolTargetOf(path, context.result);
  if (target?.sets === 'acquireTimeoutNs')
    return timeoutWords(path, shown, target.own ?? 'timeout', context.advice);
  if (target?.sets === 'reconnectShare') {
    return better ? 'fewer reconnections' : `a reconnect share of ${shown}`;
  }
  if (path.includes('requests')) {
    const what = planWords(path, context.result);
    return better ? `faster ${what}` : `the changed ${what}`;
  }
  if (target !== null && target.own !== null) return `${target.own} ${shown}`;
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
function timeoutWords(path: string, shown: string, name: string, advice: Advice): string {
  const alone = aloneTrial(path, advice);
  if (alone?.kind === 'timeout') return `a shorter ${name}`;
  const [before, after] = [advice.unchanged.p50Ms, alone?.p50Ms ?? null];
  if (before === null || after === null) return `a ${name} of ${shown}`;
  if (after < before * 0.9) return `a shorter ${name}`;
  return after > before * 1.1 ? `a longer ${name}` : `a ${name} of ${shown}`;
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
