/** The verdict's last lines: what to do, and what not to; from what was tried, or by the station alone. */
import type { Advice, Trial } from '../../experiment/advice.ts';
import type { RunResult, Station } from '../../experiment/result.ts';
import type { RunClock } from '../run-clock.ts';
import { count, listed, roughPercent } from '../words.ts';
import { changeWords, isAcquireTimeout, poolSizeOf, sizeSetBy } from './change-words.ts';
import { sizePath } from './size-path.ts';
import { slowRemedies } from './slow-lines.ts';
import { isPoolBehindQueue } from './station-line.ts';

/** Failed shares that are this close to each other are the same. */
const SAME = 0.001;
/** A change in the failed share smaller than this is no change. */
const NO_CHANGE = 0.01;
/** A size that fails this much more than the best one is worse. */
const WORSE = 0.005;
/** With fewer failures than this, a change has helped. */
const FINE = 0.01;
/** Medians within this factor of the fastest are as fast. */
const NEAR = 1.2;
/** From this share of the hold on, contention is why a larger pool is worse. */
const CONTENDED = 0.5;

type Rated = Trial & { readonly errors: number };

interface Found {
  readonly result: RunResult;
  readonly clock: RunClock;
  readonly advice: Advice;
  readonly unchanged: number;
  /** Pool sizes by size. */
  readonly sizes: readonly Rated[];
  /** Those next to each other that do best. */
  readonly band: readonly Rated[];
  /** The smallest of the other changes that does as well. */
  readonly other: Rated | null;
  readonly lowest: number;
}

/** The wordings of each line, the most complete one first: `Do: …`, then `Don't: …` if there is any. */
export function remedyWordings(
  result: RunResult,
  advice: Advice | null,
  clock: RunClock,
): string[][] {
  const found = advice === null ? null : study(result, advice, clock);
  const byStation = stationRemedies(result);
  if (found === null) {
    const slow = advice === null || !isPool(result) ? [] : slowRemedies(result, advice);
    return slow.length > 0 ? slow : byStation;
  }
  const whatToDo = doWordings(found);
  const whatNot = dontWordings(found);
  const usualNot = whatToDo.length === 0 || isPool(result) ? (byStation[1] ?? []) : [];
  return [
    whatToDo.length > 0 ? whatToDo : (byStation[0] ?? []),
    whatNot.length > 0 ? whatNot : usualNot,
  ].filter((wordings) => wordings.length > 0);
}

/** null when the trials say nothing: nothing failed in their stretch, or nothing was tried. */
function study(result: RunResult, advice: Advice, clock: RunClock): Found | null {
  const unchanged = advice.unchanged.errors;
  const rated = advice.trials.filter((trial): trial is Rated => trial.errors !== null);
  if (unchanged === null || unchanged < FINE || rated.length === 0) return null;
  const working = helpful(rated, advice);
  const lowest = Math.min(unchanged, ...working.map(({ errors }) => errors));
  const best = working.filter(({ errors }) => errors <= lowest + SAME && errors < unchanged);
  const sizes = rated
    .filter(({ kind }) => kind === 'pool-size')
    .sort((a, b) => (poolSizeOf(a) ?? 0) - (poolSizeOf(b) ?? 0));
  const first = sizes.findIndex((trial) => best.includes(trial));
  const end = sizes.findIndex((trial, i) => i > first && !best.includes(trial));
  const band = first < 0 ? [] : sizes.slice(first, end < 0 ? undefined : end);
  const other = smallest(best.filter((trial) => trial.kind !== 'pool-size'));
  return { result, clock, advice, unchanged, sizes, band, other, lowest };
}

/** Those that help: fast ones. When none of them saves nearly all, any may be the best. */
function helpful(rated: readonly Rated[], advice: Advice): readonly Rated[] {
  const working = rated.filter((trial) => isFaster(trial, advice));
  return working.some(({ errors }) => errors <= FINE) ? working : rated;
}

/**
 * Without failures and as slow as before is no help: the backlog only stays where it is. Fast is half of
 * what it was, or near the fastest of those that hardly fail: work takes its time without any wait.
 */
function isFaster({ p50Ms }: Trial, { unchanged, trials }: Advice): boolean {
  if (unchanged.p50Ms === null || p50Ms === null) return true;
  const fine = trials.filter(({ errors }) => errors !== null && errors <= FINE);
  const fastest = Math.min(...fine.map((trial) => trial.p50Ms ?? Infinity));
  return p50Ms <= Math.max(unchanged.p50Ms / 2, fastest * NEAR);
}

/** The change of the fewest settings; of several, one with the pool's size, then the fastest. */
function smallest(trials: readonly Rated[]): Rated | null {
  const rank = (trial: Rated) => [
    trial.kind === 'timeline-whole' ? 1 : 0,
    Object.keys(trial.set).length,
    poolSizeOf(trial) === null ? 1 : 0,
    trial.p50Ms ?? Infinity,
  ];
  return [...trials].sort((a, b) => compareLists(rank(a), rank(b)))[0] ?? null;
}

function compareLists(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((x, i) => x !== b[i]);
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0);
}

function doWordings(found: Found): string[] {
  const { unchanged, lowest, other } = found;
  if (unchanged - lowest < NO_CHANGE) return [];
  const isFine = lowest <= FINE;
  const fail = `${roughPercent(lowest)} fail`;
  const share = isFine ? fail + triedWords(found) : `${fail}, not ${roughPercent(unchanged)}`;
  const lead = isFine ? 'Do: ' : 'Do: best of what was tried: ';
  const sizes = bandWords(found);
  const others = other === null ? [] : otherWordings(other, found);
  if (sizes === null) return others.map((words) => `${lead}${words} (${share}).`);
  return [
    ...others.map((words) => `${lead}${sizes}, or ${words} (${share}).`),
    `${lead}${sizes} (${share}).`,
  ];
}

function bandWords(found: Found): string | null {
  const sizes = found.band
    .map((trial) => sizeSetBy(trial, found.result))
    .filter((size) => size !== null);
  const [least, most] = [sizes.at(0), sizes.at(-1)];
  if (least === undefined || most === undefined) return null;
  const { own, value } = least;
  const range = value === most.value ? String(value) : `${value}-${most.value}`;
  const shown = isOpenEnded(found) ? String(value) : range;
  const words = own === null ? `${shown} connections per instance` : `${own} ${shown}`;
  return isOpenEnded(found) ? `${words} or more` : words;
}

/** Whether the largest size that was tried is still among the best. */
function isOpenEnded({ band, sizes }: Found): boolean {
  return band.length > 1 && band.at(-1) === sizes.at(-1);
}

function triedWords(found: Found): string {
  return isOpenEnded(found)
    ? `; tried up to ${shownSize(found.band.at(-1) as Trial, found.result)}`
    : '';
}

/** The size as the product's setting has it. */
function shownSize(trial: Trial, result: RunResult): string {
  return String(sizeSetBy(trial, result)?.value ?? poolSizeOf(trial));
}

/** `20 together with the faster plans`; after a band of sizes the unit is clear. */
function otherWordings(trial: Rated, found: Found): string[] {
  const { result, advice, band } = found;
  const whole = trial.kind === 'timeline-whole' ? wholeFix(trial, found) : [];
  const [first = '', ...rest] = changeWords(trial, {
    result,
    advice,
    connections: band.length === 0,
  });
  if (rest.length === 0) return [...whole, first];
  const with_ = listed(rest.map((words) => words.replace(/^(faster|fewer) /, 'the $1 ')));
  return [...whole, `${first} together with ${with_}`, `${first} with ${with_}`];
}

function wholeFix({ set }: Rated, { result, clock }: Found): string[] {
  const paths = Object.keys(set);
  const entry = result.timeline.find((e) => paths.every((path) => path in e.set));
  return entry === undefined
    ? []
    : [`all ${count(paths.length)} changes of ${clock.time(entry.at)}`];
}

function dontWordings(found: Found): string[] {
  const { advice, unchanged, band, lowest } = found;
  const sizes = largerWordings(found);
  const idle = idleWordings(found);
  if (band.length === 0 && unchanged - lowest >= NO_CHANGE) {
    const size = bestSize(found);
    if (size !== null) sizes.push(size);
  }
  if (sizes.length === 0) return idle.map((words) => `Don't: ${words}.`);
  const joined = sizes.flatMap((size) => idle.map((words) => `Don't: ${size}, or ${words}.`));
  const alone = [...sizes, ...idle].map((words) => `Don't: ${words}.`);
  return advice.trials.length === 0 ? [] : [...joined, ...alone];
}

/** The first size beyond the best ones that does worse again. */
function largerWordings({ sizes, band, lowest, advice, result }: Found): string[] {
  const last = band.at(-1);
  if (last === undefined) return [];
  const worse = sizes
    .slice(sizes.indexOf(last) + 1)
    .find((trial) => trial.errors > lowest + WORSE || !isFaster(trial, advice));
  if (worse === undefined) return [];
  const size = shownSize(worse, result);
  if (worse.errors <= lowest + WORSE) return [`${size} (as slow as before)`];
  const rough = roughPercent(worse.errors).replace(/ %$/, '');
  const isContended =
    worse.contentionShare >= CONTENDED && worse.contentionShare > last.contentionShare;
  return [
    ...(isContended
      ? ['% fail', '%'].map((fail) => `${size} (${rough} ${fail}: the database contends)`)
      : []),
    `${size} (${rough} % fail)`,
  ];
}

/** When no size is among the best: what the best of them comes to. */
function bestSize({ sizes, unchanged, result }: Found): string | null {
  const [first, ...rest] = sizes;
  if (first === undefined) return null;
  const best = rest.reduce((a, b) => (b.errors < a.errors ? b : a), first);
  if (unchanged - best.errors < NO_CHANGE) {
    return `more connections alone (still ${roughPercent(best.errors)})`;
  }
  return `more connections alone (with ${shownSize(best, result)} still ${roughPercent(best.errors)})`;
}

/** Parts of the fix, each alone, that leave the failed share where it was; the timeout is named first. */
function idleWordings({ result, advice, unchanged }: Found): string[] {
  const idle = advice.trials
    .filter(({ kind, set }) => kind !== 'pool-size' && Object.keys(set).length === 1)
    .filter(({ errors }) => errors !== null && Math.abs(errors - unchanged) < NO_CHANGE)
    .sort((a, b) => Number(isTimeout(b, result)) - Number(isTimeout(a, result)))
    .map((trial) => changeWords(trial, { result, advice, connections: true }).join(''));
  const still = `(still ${roughPercent(unchanged)})`;
  const [first, second] = new Set(idle);
  if (first === undefined) return [];
  const both = second === undefined ? [] : [`${first} or ${second} alone ${still}`];
  return [...both, `${first} alone ${still}`, `${first} ${still}`];
}

function isTimeout({ set }: Trial, result: RunResult): boolean {
  return Object.keys(set).some((path) => isAcquireTimeout(path, result));
}

/** What is tried is about pools: what is usually wrong elsewhere might contradict it. */
function isPool(result: RunResult): boolean {
  return result.bottleneck.station === 'pool' || isPoolBehindQueue(result);
}

/** What one can say of a station without having tried anything: `[Do], [Don't]`. */
function stationRemedies(result: RunResult): string[][] {
  const { station } = result.bottleneck;
  const key = isPool(result) ? 'pool' : station;
  const [usual, whatNot] = BY_STATION[key];
  const whatToDo = key === 'none' ? calmRemedy(result) : usual.replace('PATH', sizePath(result));
  const { failed, abandoned } = result.requests;
  const hasLosses = key !== 'pool' || failed + abandoned > 0;
  return [whatToDo, hasLosses ? whatNot : ''].filter((line) => line !== '').map((line) => [line]);
}

/** What to do when the pool is no bottleneck. */
function calmRemedy({ objectives, database }: RunResult): string {
  if (database.overCpu)
    return 'Do: ask again with contention: cores; this law knows no limit of the CPU.';
  const missed = objectives.filter(({ met }) => !met).length;
  if (missed === 0) return 'Do: leave the pool as it is.';
  const which = missed === 1 ? 'the objective that is' : `the ${count(missed)} objectives that are`;
  return `Do: look at ${which} missed; the pool alone does not decide them.`;
}

const BY_STATION: Readonly<Record<Station, readonly [string, string]>> = {
  none: ['Do: leave the pool as it is.', ''],
  instances: [
    'Do: more instances, so that the others carry the load while one restarts.',
    "Don't: a larger pool; its connections would stay unused.",
  ],
  pool: [
    'Do: try more connections or less work a query: --set PATH=…',
    "Don't: a shorter timeout alone; it moves the wait, not the number that fail.",
  ],
  'service-concurrency': [
    'Do: let each instance work on more requests at once, or add instances.',
    "Don't: a larger pool; its connections would stay unused.",
  ],
  'connection-opening': [
    'Do: keep connections open: more of them from the start, fewer reconnections.',
    "Don't: shorter lifetimes of connections.",
  ],
  'database-outage': [
    'Do: a faster failover, or clients that retry for longer than it takes.',
    "Don't: a larger pool; it would lose more connections, and open none sooner.",
  ],
  'connection-slots': [
    'Do: smaller pools, or more connections admitted by the database.',
    "Don't: larger pools or more instances; the database refuses their connections.",
  ],
  pooler: [
    'Do: look why the pooler cannot connect to the database, or has too few connections.',
    "Don't: larger pools in the services; their requests would wait at the pooler.",
  ],
  'database-cores': [
    'Do: less CPU work a query, or more cores.',
    "Don't: a larger pool; its connections would wait for the same CPU.",
  ],
  'database-contention': [
    'Do: fewer connections at once, or less work a query.',
    "Don't: a larger pool; its queries would slow each other down even more.",
  ],
};
