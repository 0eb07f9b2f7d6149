// How many wait in M/D/c, exactly.
//
// After one service time D everybody who was in service has gone, so the number waiting obeys
//   Q' = max(0, Q + A − c), A Poisson with mean a = λD,
// and is the maximum of a random walk with steps A − c. By Spitzer's identity that maximum is compound
// Poisson: it is a sum of jumps of size j that come with the masses
//   b(j) = Σ_k 1/k · P(Poisson(ka) = kc + j),   k = 1, 2, …
// so its law follows from b by a recursion of positive terms (Panjer): nothing cancels. (Crommelin's
// mean of 1932 is the mean of this law, Σ j·b(j).)
//
// With z > 1 the root of z^c = e^(a(z−1)), j·b(j)·z^j tends to 1 (b is carried with this factor, in
// which the walk drifts upwards): the tail beyond some √c is geometric.

import { logPoissonDensity } from './poisson-density.ts';

/** The stationary number waiting. */
export interface Backlog {
  readonly mean: number;
  /** The probability that at least n wait. */
  readonly atLeast: (n: number) => number;
}

/** @param of the load in erlangs, below the servers */
export function deterministicBacklog(of: { load: number; servers: number }): Backlog {
  const decay = tailDecay(of);
  const reach = 64 + Math.ceil(24 * Math.sqrt(of.servers));
  const jumps = tiltedJumps(of, decay, reach);

  // All geometric jumps e^(−uj)/j have the total −ln(1 − e^(−u)); those beyond the reach the mean below.
  let logEmpty = Math.log(-Math.expm1(-decay));
  let mean = Math.exp(-decay * reach) / Math.expm1(decay);
  for (let j = reach; j >= 1; j--) {
    const weight = Math.exp(-decay * j);
    const jump = jumps[j] ?? 0;
    logEmpty -= (weight * (jump - 1)) / j;
    mean += weight * jump;
  }

  const tails = tiltedTails(compound(Math.exp(logEmpty), jumps), decay);
  const last = tails.length - 1;
  return {
    mean,
    atLeast: (n) => {
      if (n <= 0) return 1;
      const tail = (tails[Math.min(n, last)] ?? 0) * Math.exp(-decay * n);
      return Math.min(1, tail);
    },
  };
}

/** u = ln z > 0 with u = ρ(e^u − 1): each one more waiting is e^(−u) times as probable in the end. */
function tailDecay({ load, servers }: { load: number; servers: number }): number {
  const rho = load / servers;
  const above = (u: number) => rho * Math.expm1(u) > u;
  let high = 1;
  while (!above(high)) high *= 2;
  // The root is above 2(1 − ρ), where the parabola of the series crosses, and above it again.
  let low = Math.min(high, (servers - load) / servers);
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (above(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/** j·b(j)·z^j for j = 1 … reach, at the index j. */
function tiltedJumps(
  { load, servers }: { load: number; servers: number },
  decay: number,
  reach: number,
): Float64Array {
  const jumps = new Float64Array(reach + 1);
  const mean = load * Math.exp(decay);
  // Under the tilt the walk leaves 1 … reach for good: in the end it is nine and a half deviations past.
  const isPast = (k: number): boolean => {
    const behind = k * (mean - servers) - reach;
    return behind > 0 && behind * behind > 90 * k * mean;
  };
  let k = 1;
  while (!isPast(k)) k = addBlock(jumps, { k, mean, servers });
  for (let j = 1; j <= reach; j++) jumps[j] = (jumps[j] ?? 0) * j;
  return jumps;
}

/** How many equal blocks k is cut in before it doubles, roughly; more are more precise. */
const FINENESS = 32;

/**
 * Adds the terms from k on, of a block that grows with k, and returns the k after it. The terms are
 * smooth in k: three nodes of a Gauss rule for sums over equally spaced points, exact up to the fifth
 * power, stand for a whole block with a relative error of about 1e-11.
 */
function addBlock(
  jumps: Float64Array,
  { k, mean, servers }: { k: number; mean: number; servers: number },
): number {
  const half = Math.floor(k / FINENESS / 2);
  if (half === 0) {
    addTerm(jumps, { k, mean, servers, weight: 1 });
    return k + 1;
  }
  const length = 2 * half + 1;
  const centre = k + half;
  const square = (3 * length * length - 7) / 20;
  const outer = (length * length - 1) / 24 / square;
  const distance = Math.sqrt(square);
  addTerm(jumps, { k: centre - distance, mean, servers, weight: length * outer });
  addTerm(jumps, { k: centre, mean, servers, weight: length * (1 - 2 * outer) });
  addTerm(jumps, { k: centre + distance, mean, servers, weight: length * outer });
  return k + length;
}

function addTerm(
  jumps: Float64Array,
  { k, mean, servers, weight }: { k: number; mean: number; servers: number; weight: number },
): void {
  const from = k * servers;
  let probability = (weight / k) * Math.exp(logPoissonDensity(from + 1, k * mean));
  for (let j = 1; j < jumps.length; j++) {
    jumps[j] = (jumps[j] ?? 0) + probability;
    probability *= (k * mean) / (from + j + 1);
  }
}

/** P(Q = n)·z^n: n·q(n) = Σ j·b(j)·q(n − j), the jumps beyond those given being 1 under the tilt. */
function compound(empty: number, jumps: Float64Array): Float64Array {
  const reach = jumps.length - 1;
  const law = new Float64Array(2 * reach + 1);
  law[0] = empty;
  let before = 0;
  for (let n = 1; n < law.length; n++) {
    let sum = 0;
    for (let j = Math.min(n, reach); j >= 1; j--) sum += (jumps[j] ?? 0) * (law[n - j] ?? 0);
    if (n > reach) before += law[n - reach - 1] ?? 0;
    law[n] = (sum + before) / n;
  }
  return law;
}

/** P(Q ≥ n)·z^n, geometric from the last of the law on. */
function tiltedTails(law: Float64Array, decay: number): Float64Array {
  const tails = new Float64Array(law.length);
  let tail = (law.at(-1) ?? 0) / -Math.expm1(-decay);
  tails[law.length - 1] = tail;
  for (let n = law.length - 2; n >= 0; n--) {
    tail = (law[n] ?? 0) + Math.exp(-decay) * tail;
    tails[n] = tail;
  }
  return tails;
}
