/**
 * What `init` does not ask and a scenario needs, by what is known of databases in general. Each is marked
 * as assumed, with its reason.
 */
import type { Path } from '../path.ts';
import type { Answers } from './answers.ts';
import type { Fact } from './fact.ts';
import { durationWith } from './surge-facts.ts';

/** Boxes below this have shown no serial share, and a larger cost of each pair. */
const LARGE_BOX = 8;
const UNSAID_CORES = 4;
const UNSAID_RATE = '20/s';

const MEAN_HOLD: Path = ['requests', 'hold', 'mean'];

/** Assumptions that hold where neither a file nor an answer says otherwise. */
export function initAssumptions({ cores, rate, surges, hold }: Answers): Fact[] {
  const processors = cores ?? UNSAID_CORES;
  const usl = contentionOf(processors);
  const base = rate ?? UNSAID_RATE;
  return [
    assumed(['duration'], durationWith(surges), 'long enough for what is asked'),
    assumed(['traffic', 'base'], base, 'nobody said how many requests arrive'),
    assumed(['traffic', 'client', 'timeout'], '60s', 'what proxies wait unless told otherwise'),
    ...(hold === null
      ? [assumed(MEAN_HOLD, '20ms', 'nobody said how long a connection is out')]
      : []),
    assumed(['requests', 'hold', 'measuredAt'], base, 'nobody said at which rate that holds'),
    assumed(['requests', 'hold', 'cpu'], cpuShare(processors, usl), 'what fits the contention'),
    assumed(['service', 'instances'], 1, 'nobody said how many pods there are'),
    assumed(['service', 'pool'], { max: 10 }, 'no file says how large the pool is'),
    assumed(['database', 'cores'], processors, 'nobody said how many processors it has'),
    assumed(['database', 'contention'], { usl }, contentionNote(processors)),
    assumed(['database', 'roundTrip'], '1ms', 'a network within one site'),
    assumed(['database', 'maxConnections'], 100, 'the default of PostgreSQL'),
    assumed(
      ['database', 'connect', 'latency'],
      { lognormal: { mean: '50ms', cv: 0.5 } },
      'usual with TLS',
    ),
    assumed(['objectives'], ['response p99 < 1s', 'errors < 1%'], 'nobody said what must hold'),
  ];
}

function assumed(path: Path, value: unknown, note: string): Fact {
  return { path, value, grade: 'assumed', note };
}

interface Usl {
  readonly sigma: number;
  readonly kappa: number;
}

/** σ 0.02 and κ 5e-5 at 16 processors, κ in proportion; small boxes: σ 0, κ 1e-3 ÷ processors. */
function contentionOf(cores: number): Usl {
  const isLarge = cores >= LARGE_BOX;
  const kappa = (isLarge ? 8e-4 : 1e-3) / cores;
  return { sigma: isLarge ? 0.02 : 0, kappa: Number(kappa.toPrecision(3)) };
}

function contentionNote(cores: number): string {
  return cores >= LARGE_BOX
    ? 'usual for PostgreSQL on many processors'
    : 'as measured with PostgreSQL on few processors';
}

/** The share of CPU with which all processors are busy at the peak of n ÷ V(n): cores · V(n) ÷ n. */
function cpuShare(cores: number, { sigma, kappa }: Usl): string {
  const n = Math.max(1, Math.round(Math.sqrt((1 - sigma) / kappa)));
  const slowdown = 1 + sigma * (n - 1) + kappa * n * (n - 1);
  return `${Math.min(100, Math.floor((100 * cores * slowdown) / n))}%`;
}
