// A chain that goes up and down by one level at a time and has a phase besides: the number of requests,
// and what their arrivals or services are up to.
//
// From the level `servers` on all levels are alike, and each is the one below times a matrix R (Neuts
// 1981), found by logarithmic reduction (Latouche and Ramaswami 1993). The levels below are eliminated
// from the bottom up.

import {
  at,
  identity,
  inverse,
  type Matrix,
  matrixOf,
  plus,
  rowTimes,
  times,
  total,
} from './matrix.ts';

/** Rates between phases, of each level; the diagonal of `within` is not read. */
export interface Levels {
  /** The level from which the rates no longer depend on it. */
  readonly servers: number;
  readonly up: (level: number) => Matrix;
  readonly within: (level: number) => Matrix;
  readonly down: (level: number) => Matrix;
}

/** The stationary law. */
export interface LevelLaw {
  /** By phase: at the level `servers` exactly. */
  readonly full: readonly number[];
  /** By phase: at the level `servers` or above. */
  readonly busy: readonly number[];
  /** The mean number of levels above `servers`. */
  readonly pending: number;
  /** Each level above is the one below times this. */
  readonly ratio: Matrix;
}

const LARGE = 2 ** 500;
const SMALL = 2 ** -500;

/** @param levels of a chain that has a steady state: it drifts down from high levels */
export function quasiBirthDeath(levels: Levels): LevelLaw {
  const { servers, up, down } = levels;
  const ratio = tailRatio(levels);
  // π(n − 1) = π(n)·backs[n].
  const backs: Matrix[] = [];
  let flow = diagonalOut(levels, 0);
  for (let n = 1; n <= servers; n++) {
    const back = times(down(n), inverse(flow));
    backs[n] = back;
    flow = plus(diagonalOut(levels, n), times(back, up(n - 1)), -1);
  }
  const balance = plus(times(ratio, down(servers + 1)), flow, -1);
  let full = leftNull(balance);
  let level = full;
  let below = 0;
  for (let n = servers; n >= 1; n--) {
    level = rowTimes(level, backs[n] ?? []);
    below += total(level);
    if (below < LARGE) continue;
    below *= SMALL;
    level = level.map((p) => p * SMALL);
    full = full.map((p) => p * SMALL);
  }
  const rest = inverse(plus(identity(ratio.length), ratio, -1));
  const busy = rowTimes(full, rest);
  const all = below + total(busy);
  const pending = total(rowTimes(rowTimes(busy, ratio), rest));
  return {
    full: full.map((p) => p / all),
    busy: busy.map((p) => p / all),
    pending: pending / all,
    ratio,
  };
}

/** What leaves each phase on the diagonal, less what goes to other phases of the level. */
function diagonalOut({ up, within, down }: Levels, level: number): Matrix {
  const [rise, inside] = [up(level), within(level)];
  const fall = level === 0 ? [] : down(level);
  return matrixOf(inside.length, inside.length, (i, j) => {
    if (i !== j) return -at(inside, i, j);
    const others = total((inside[i] ?? []).filter((_, k) => k !== i));
    return total(rise[i] ?? []) + others + total(fall[i] ?? []);
  });
}

function tailRatio(levels: Levels): Matrix {
  const level = levels.servers + 1;
  const [rise, out, fall] = [levels.up(level), diagonalOut(levels, level), levels.down(level)];
  const one = identity(out.length);
  const scale = inverse(out);
  let high = times(scale, rise);
  let low = times(scale, fall);
  let first = low;
  let climbed = high;
  // The number of levels looked at doubles each time.
  for (let step = 0; step < 60; step++) {
    const both = plus(times(high, low), times(low, high));
    const turned = inverse(plus(one, both, -1));
    high = times(turned, times(high, high));
    low = times(turned, times(low, low));
    const addition = times(climbed, low);
    first = plus(first, addition);
    climbed = times(climbed, high);
    if (Math.max(...addition.map(total)) < 1e-16) break;
  }
  return times(rise, inverse(plus(out, times(rise, first), -1)));
}

/** The x with x·a = 0 whose entries add up to 1. */
function leftNull(a: Matrix): number[] {
  const last = a.length - 1;
  const system = a.map((row) => row.map((value, j) => (j === last ? 1 : value)));
  return [...(inverse(system)[last] ?? [])];
}
