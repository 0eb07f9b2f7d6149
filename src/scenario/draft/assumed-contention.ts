/** By how much queries slow each other down on a database of which only the processors are known. */

/** As `usl` of a scenario: V(n) = 1 + σ·(n − 1) + κ·n·(n − 1). */
export interface AssumedContention {
  readonly usl: { readonly sigma: number; readonly kappa: number };
  /** The share of CPU that fits it, as a scenario writes it: `12%`. */
  readonly cpu: string;
  readonly note: string;
}

/** Boxes below this have shown no serial share, and a larger cost of each pair. */
const LARGE_BOX = 8;
/** Of the most that a database gets done, what a measurement is taken to have asked of it at most. */
const SERVED = 0.75;
/** Where that is not enough: the database gets most done with so many times the connections in use. */
const PEAK = 3;

/**
 * σ 0.02 and κ 5e-5 at 16 processors, κ in proportion; small boxes: σ 0, κ 1e-3 ÷ processors. Where the
 * connections that were in use would have been more than such a database can serve, less.
 */
export function assumedContention(cores: number, inUse: number): AssumedContention {
  const usual = usualContention(cores);
  const share = workDone(inUse, usual) / workDone(peakOf(usual), usual);
  const usl = share > SERVED ? { sigma: 0, kappa: rounded(1 / squared(PEAK * inUse)) } : usual;
  return { usl, cpu: cpuShare(cores, usl), note: noteOf(cores, usl === usual, inUse) };
}

type Usl = AssumedContention['usl'];

function usualContention(cores: number): Usl {
  const isLarge = cores >= LARGE_BOX;
  return { sigma: isLarge ? 0.02 : 0, kappa: rounded((isLarge ? 8e-4 : 1e-3) / cores) };
}

function noteOf(cores: number, isUsual: boolean, inUse: number): string {
  if (!isUsual) {
    return `little enough for the ${Math.round(inUse)} connections in use that were measured`;
  }
  return cores >= LARGE_BOX
    ? 'usual for PostgreSQL on many processors'
    : 'as measured with PostgreSQL on few processors';
}

/** The connections at which most gets done: the whole number next to √((1 − σ) ÷ κ). */
function peakOf({ sigma, kappa }: Usl): number {
  return Math.max(1, Math.round(Math.sqrt((1 - sigma) / kappa)));
}

/** What n connections get done, in units of one alone: n ÷ V(n). */
function workDone(n: number, usl: Usl): number {
  return n / slowdown(n, usl);
}

function slowdown(n: number, { sigma, kappa }: Usl): number {
  return Math.max(1, 1 + sigma * (n - 1) + kappa * n * (n - 1));
}

/** The share of CPU with which all processors are busy at the peak: cores · V(n) ÷ n. */
function cpuShare(cores: number, usl: Usl): string {
  const n = peakOf(usl);
  return `${Math.min(100, Math.max(1, Math.floor((100 * cores * slowdown(n, usl)) / n)))}%`;
}

function squared(x: number): number {
  return x * x;
}

function rounded(x: number): number {
  return Number(x.toPrecision(3));
}
