/** Queues of one instance with exponential holds whose arrivals are more or less even than Poisson ones. */
import { batchQueue } from '../../theory/batch-arrivals.ts';
import { modulatedArrivals } from '../../theory/modulated-arrivals.ts';
import { steadyArrivals } from '../../theory/steady-arrivals.ts';
import { type ClosedForm, loadOf } from './closed-form.ts';
import { exactForm, figuresOf } from './exact-form.ts';
import type { Station } from './station.ts';

/** Theory's steps grow with the connections, and with how near the load is to the capacity. */
const MOST_SERVERS = 200;
const MOST_LOAD = 0.97;

/** The closed forms of waits without bounds. */
export function unevenForms(station: Station): ClosedForm[] {
  const { hold, instances, servers, waitingPlaces, patienceSeconds } = station;
  const isPlain = instances === 1 && hold.law === 'exponential' && hold.delaySeconds > 0;
  const isUnbounded = waitingPlaces === Infinity && patienceSeconds === Infinity;
  const load = loadOf(station, hold.delaySeconds);
  const isQuick = servers <= MOST_SERVERS && load.utilisation <= MOST_LOAD;
  if (!isPlain || !isUnbounded || !isQuick) return [];
  const known = knownQueue(station);
  if (known === null) return [];
  const { waitProbability, meanWaitSeconds, utilisation } = known.theory;
  const figures = figuresOf(station, load, {
    meanWait: meanWaitSeconds,
    waiting: waitProbability,
    waitShare: waitProbability,
    utilisation,
  });
  const exact = exactForm(known.name, load, figures, ['all-open', 'nobody-lost']);
  // The more bursty arrivals are, the more skewed are waits, and the longer the batches that even it out.
  const bursty = Math.max(1, load.dispersion);
  return [{ ...exact, relaxationSeconds: exact.relaxationSeconds * bursty }];
}

interface Known {
  readonly name: string;
  readonly theory: {
    readonly waitProbability: number;
    readonly meanWaitSeconds: number;
    readonly utilisation: number;
  };
}

function knownQueue({ arriving: { source }, ratePerSecond, hold, servers }: Station): Known | null {
  const queue = { ratePerSecond, meanServiceSeconds: hold.delaySeconds, servers };
  switch (source.kind) {
    case 'deterministic':
      return { name: 'D/M/c', theory: steadyArrivals(queue) };
    case 'batch': {
      const { sizeWeights } = source;
      const all = sizeWeights.reduce((sum, weight) => sum + weight, 0);
      const meanSize = sizeWeights.reduce((sum, weight, i) => sum + weight * (i + 1), 0) / all;
      const batchesPerSecond = ratePerSecond / meanSize;
      return { name: 'M[X]/M/c', theory: batchQueue({ ...queue, batchesPerSecond, sizeWeights }) };
    }
    case 'mmpp': {
      const { phases } = source;
      return { name: 'MMPP/M/c', theory: modulatedArrivals({ ...queue, phases }) };
    }
    case 'poisson':
    case 'users':
    case 'any':
      return null;
  }
}
