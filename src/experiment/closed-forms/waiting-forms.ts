/** Queues for connections: Poisson arrivals at each instance, holds that do not depend on each other. */
import { allenCunneenWaitSeconds } from '../../theory/allen-cunneen.ts';
import { erlangA } from '../../theory/erlang-a.ts';
import { queueWithTimeout } from '../../theory/deterministic-patience.ts';
import { deterministicService } from '../../theory/deterministic-service.ts';
import { phaseServiceQueue } from '../../theory/phase-service.ts';
import { lossQueue } from '../../theory/erlang-b.ts';
import { erlangC, type WaitingQueue } from '../../theory/erlang-c.ts';
import { finiteQueue } from '../../theory/finite-queue.ts';
import type { Queue } from '../../theory/queue.ts';
import { type ClosedForm, type Load, loadOf } from './closed-form.ts';
import { exactForm, figuresOf } from './exact-form.ts';
import type { Station } from './station.ts';

/** What a queue for connections is made of. */
interface Waiting {
  readonly station: Station;
  /** That of one instance. */
  readonly queue: Queue;
  readonly load: Load;
}

/** The closed forms that describe this station exactly, or nearly, the best one first. */
export function waitingForms(station: Station): ClosedForm[] {
  const { hold, instances, servers, waitingPlaces, acquireTimeoutSeconds } = station;
  if (hold.contention.kind !== 'none' || !station.isSplitByChance) return [];
  const meanServiceSeconds = hold.delaySeconds;
  if (meanServiceSeconds === 0) return [];
  const ratePerSecond = station.ratePerSecond / instances;
  const queue = { ratePerSecond, meanServiceSeconds, servers };
  const waiting = { station, queue, load: loadOf(station, meanServiceSeconds) };
  if (station.patienceSeconds < Infinity) return impatientForms(waiting);
  if (waitingPlaces === 0) return lossForms(waiting);
  if (waitingPlaces < Infinity) return boundedForms(waiting);
  const isTimed = acquireTimeoutSeconds < Infinity && hold.law === 'exponential';
  return isTimed ? timedForms(waiting) : patientForms(waiting);
}

/** Nobody may wait: of the hold only the mean matters. */
function lossForms({ station, queue, load }: Waiting): ClosedForm[] {
  if (!station.isFinalAtPool) return [];
  const { blockingProbability, utilisation } = lossQueue(queue);
  const figures = figuresOf(station, load, { lostShare: blockingProbability, utilisation });
  return [exactForm('Erlang B', load, figures, ['all-open'])];
}

/** Only so many may wait, as long as it takes. */
function boundedForms({ station, queue, load }: Waiting): ClosedForm[] {
  const { waitingPlaces, acquireTimeoutSeconds, hold, isFinalAtPool } = station;
  const isPatient = acquireTimeoutSeconds === Infinity && isFinalAtPool;
  if (!isPatient || hold.law !== 'exponential') return [];
  const theory = finiteQueue({ ...queue, waitingPlaces });
  const figures = figuresOf(station, load, {
    lostShare: theory.blockingProbability,
    meanWait: theory.meanWaitSeconds,
    waiting: theory.waitProbability * (1 - theory.blockingProbability),
    utilisation: theory.utilisation,
  });
  return [exactForm('M/M/c/K', load, figures, ['all-open'])];
}

/** Exponential holds, and everybody who waits leaves after the acquire timeout. */
function timedForms({ station, queue, load }: Waiting): ClosedForm[] {
  const { acquireTimeoutSeconds, isFinalAtPool } = station;
  if (!isFinalAtPool) return patientForms({ station, queue, load });
  const theory = queueWithTimeout({ ...queue, patienceSeconds: acquireTimeoutSeconds });
  const figures = figuresOf(station, load, {
    lostShare: theory.abandonProbability,
    meanWait: theory.meanWaitOfServedSeconds,
    waiting: theory.waitProbability,
    waitShare: theory.waitProbability,
    utilisation: theory.utilisation,
  });
  return [exactForm('M/M/c with timeout', load, figures, ['all-open'])];
}

/** Exponential holds, and everybody who waits leaves after a time: the same for all, or an exponential one. */
function impatientForms({ station, queue, load }: Waiting): ClosedForm[] {
  const { patienceSeconds, isPatienceConstant, hold } = station;
  if (hold.law !== 'exponential' || patienceSeconds === 0) return [];
  const theory = isPatienceConstant
    ? queueWithTimeout({ ...queue, patienceSeconds })
    : erlangA({ ...queue, meanPatienceSeconds: patienceSeconds });
  const figures = figuresOf(station, load, {
    leftShare: theory.abandonProbability,
    meanWait: theory.meanWaitOfServedSeconds,
    waiting: theory.waitProbability,
    utilisation: theory.utilisation,
  });
  const name = isPatienceConstant ? 'M/M/c with patience' : 'Erlang A';
  const known = exactForm(name, load, figures, ['all-open']);
  // In overload the queue is drawn back to its level at the rate at which people leave.
  return [{ ...known, relaxationSeconds: Math.max(known.relaxationSeconds, patienceSeconds) }];
}

/** Everybody waits as long as it takes, or so it was: nobody was lost. */
function patientForms({ station, queue, load }: Waiting): ClosedForm[] {
  if (load.utilisation >= 1) return [];
  const known = knownQueue(station, queue);
  if (known !== null) {
    const { waitProbability, meanWaitSeconds, utilisation } = known.theory;
    const figures = figuresOf(station, load, {
      meanWait: meanWaitSeconds,
      waiting: waitProbability,
      waitShare: waitProbability,
      utilisation,
    });
    return [exactForm(known.name, load, figures, ['all-open', 'nobody-lost'])];
  }
  const approximate = allenCunneenForm({ station, queue, load });
  return approximate === null ? [] : [approximate];
}

/** The steps grow with the fourth power of the connections. */
const MOST_PHASED = 16;

type Known = Pick<WaitingQueue, 'waitProbability' | 'meanWaitSeconds' | 'utilisation'>;

/** A queue without bounds whose wait theory knows exactly. */
function knownQueue(station: Station, queue: Queue): { name: string; theory: Known } | null {
  const { law, scv, phases } = station.hold;
  if (law === 'exponential') return { name: 'M/M/c', theory: erlangC(queue) };
  if (queue.servers === 1 && Number.isFinite(scv)) {
    const utilisation = queue.ratePerSecond * queue.meanServiceSeconds;
    const meanWaitSeconds = allenCunneenWaitSeconds({ ...queue, arrivalScv: 1, serviceScv: scv });
    const theory = { waitProbability: utilisation, meanWaitSeconds, utilisation };
    return { name: 'M/G/1', theory };
  }
  if (phases !== null && queue.servers <= MOST_PHASED) {
    const name = phases.kind === 'either' ? 'M/H2/c' : 'M/E2/c';
    return { name, theory: phaseServiceQueue({ ...queue, service: phases }) };
  }
  return law === 'constant' ? { name: 'M/D/c', theory: deterministicService(queue) } : null;
}

/** Below this load, and for holds more irregular than this, the approximation is known to be poor. */
const LEAST_LOAD = 0.7;
const MOST_SCV = 4;
/** Tijms, A First Course in Stochastic Models, 2003, 9.6: some percent for holds of moderate scatter. */
const ALLEN_CUNNEEN_ERROR = 0.15;

function allenCunneenForm({ station, queue, load }: Waiting): ClosedForm | null {
  const { scv } = station.hold;
  if (load.utilisation < LEAST_LOAD || scv > MOST_SCV) return null;
  const { waitProbability } = erlangC(queue);
  const meanWait = allenCunneenWaitSeconds({ ...queue, arrivalScv: 1, serviceScv: scv });
  const figures = figuresOf(station, load, { meanWait, waiting: waitProbability });
  const exact = exactForm('Allen-Cunneen', load, figures, ['all-open', 'nobody-lost']);
  return { ...exact, error: ALLEN_CUNNEEN_ERROR };
}
