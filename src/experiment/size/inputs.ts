/**
 * How far the answer hangs on what nobody has measured: each assumed input made smaller and larger by
 * half, one at a time. Sizes are found approximately, at the highest traffic as if it stayed.
 */
import { poolTarget } from '../../scenario/pool-target.ts';
import { productPools } from '../../scenario/product-pools.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { valueOf } from '../../scenario/value-of.ts';
import { vary } from '../../scenario/vary.ts';
import { enlarged } from '../enlarged.ts';
import type { Question } from '../question.ts';
import { guessSize, LARGEST } from './guess.ts';
import { type Edges, screenSizes } from './screening.ts';
import { sizeTarget } from './target.ts';
import type { Bench, Way } from './trials.ts';

/** How far an assumed input may be off. */
const VARIED = 0.5;
/** Most inputs that are varied; the first in the order of the file. */
const MOST_INPUTS = 20;
/** Requests of each simulation. */
const REQUESTS = 40_000;
/** Halvings of the share from which on no size is enough. */
const HALVINGS = 4;

/** What an input does to the size. */
export interface InputEffect {
  readonly path: string;
  /** Connections of the fleet with the input smaller, and larger; null: no size meets the objectives. */
  readonly smaller: number | null;
  readonly larger: number | null;
  /** By which share it was made smaller and larger: whole numbers cannot be halved exactly. */
  readonly smallerBy: number;
  readonly largerBy: number;
  /** So much more of it is still within reach of some size; null: all that was tried is. */
  readonly reach: number | null;
}

export interface Inputs {
  /** Whether they are marked as assumed; otherwise nothing is, and those that matter most are taken. */
  readonly areMarked: boolean;
  /** Connections of the fleet by the same approximation. */
  readonly unchanged: number | null;
  /** The one that moves the size most first. */
  readonly effects: readonly InputEffect[];
}

export function* inputEffects(bench: Bench): Question<Inputs> {
  const marked = assumedInputs(bench);
  const paths = marked.length > 0 ? marked : usualInputs(bench.scenario);
  const unchanged = yield* connectionsFor(bench, bench.scenario, 'lower');
  const effects: InputEffect[] = [];
  for (const path of paths.slice(0, MOST_INPUTS)) {
    const effect = yield* effectOf(bench, path);
    if (effect !== null) effects.push(effect);
  }
  const moves = (effect: InputEffect) => movement(effect, unchanged);
  return {
    areMarked: marked.length > 0,
    unchanged,
    effects: effects.sort((a, b) => moves(b) - moves(a)),
  };
}

/** Large where no size is enough any more: the larger, the sooner. */
function movement({ smaller, larger, reach }: InputEffect, unchanged: number | null): number {
  if (unchanged === null) return 0;
  if (larger === null || smaller === null) return 1e6 * (1 - (reach ?? VARIED));
  return Math.max(Math.abs(larger - unchanged), Math.abs(smaller - unchanged)) / unchanged;
}

function* effectOf(bench: Bench, path: string): Question<InputEffect | null> {
  const value = valueOf(bench.scenario, path);
  const [less, more] = [enlarged(value, -VARIED), enlarged(value, VARIED)];
  const varied = (to: unknown) => {
    const result = vary(bench.scenario, { [path]: to });
    return result.ok ? result.scenario : null;
  };
  const low = less === null ? null : varied(less.value);
  const high = more === null ? null : varied(more.value);
  if (less === null || more === null || low === null || high === null) return null;
  const smaller = yield* connectionsFor(bench, low, 'lower');
  const larger = yield* connectionsFor(bench, high, 'lower');
  const reach = larger === null ? yield* reachOf(bench, path, value) : null;
  return { path, smaller, larger, smallerBy: -less.by, largerBy: more.by, reach };
}

/** The largest share more for which some size is enough, nearly. */
function* reachOf(bench: Bench, path: string, value: unknown): Question<number> {
  let [low, high] = [0, VARIED];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    const more = enlarged(value, middle);
    const varied = more === null ? null : vary(bench.scenario, { [path]: more.value });
    const isEnough =
      varied?.ok === true && (yield* connectionsFor(bench, varied.scenario, 'none')) !== null;
    if (isEnough) low = middle;
    else high = middle;
  }
  return low;
}

/** Of the fleet, approximately; null: no size that was tried meets the objectives. */
function* connectionsFor(bench: Bench, scenario: Scenario, edges: Edges): Question<number | null> {
  const target = sizeTarget(scenario, bench.target.service);
  if (target === null) return null;
  const way: Way = { kind: 'long-run', requests: REQUESTS, seed: `${scenario.seed}/inputs` };
  const guess = guessSize(bench.steady(scenario), target.service);
  const part = 'what assumed inputs do';
  const own = { ...bench, scenario, target, sets: {} };
  const found = yield* screenSizes(own, { guess, most: LARGEST }, way, { edges, part });
  return found.smallest === null ? null : found.smallest * target.instances;
}

/** Paths of amounts that somebody assumed; settings of the pool itself are what is asked for. */
function assumedInputs({ scenario }: Bench): string[] {
  const profiles = new Map(
    productPools(scenario.document).map(({ service, product }) => [service, product.id]),
  );
  return scenario.provenance
    .filter(
      ({ grade, path }) => grade === 'assumed' && !/^(objectives|alerts|timeline)\b/.test(path),
    )
    .map(({ path }) => path)
    .filter((path) => enlarged(valueOf(scenario, path), VARIED) !== null)
    .filter((path) => {
      const pool = poolTarget(path, (name) => profiles.get(name));
      return pool === null || pool.sets === 'reconnectShare' || !/\.pool\./.test(path);
    });
}

/** Where nothing is marked: how much arrives, and how long it takes. */
function usualInputs({ document }: Scenario): string[] {
  const services = 'services' in document ? Object.keys(document['services'] as object) : [];
  const roots = services.length === 0 ? [''] : services.map((name) => `services.${name}.`);
  const traffic = ['rate', 'base', 'surges', 'stages', 'stairs', 'users'].map(
    (key) => `traffic.${key}`,
  );
  const ofService = [...traffic, 'requests.query', 'requests.hold'];
  return [
    ...roots.flatMap((root) => ofService.map((path) => root + path)),
    'database.roundTrip',
    'database.connect.latency',
  ];
}
