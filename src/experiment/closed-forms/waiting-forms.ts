/** Queues for connections: Poisson arrivals at each instance, holds that do not depend on each other. */
import { allenCunneenWaitSeconds } from '../../theory/allen-cunneen.ts';
import { erlangA } from '../../theory/erlang-a.ts';
import { queueWithTimeout } from '../../theory/deterministic-patience.ts';
import { deterministicService } from '../../theory/deterministic-service.ts';
import { lossQueue } from '../../theory/erlang-b.ts';
import { erlangC, type WaitingQueue } from '../../theory/erlang-c.ts';
import { finiteQueue } from '../../theory/finite-queue.ts';
import type { Queue } from '../../theory/queue.ts';
import {
  type ClosedForm,
  type Figure,
  type Load,
  loadOf,
  relaxationSeconds,
} from './closed-form.ts';
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
  return [form('Erlang B', load, figures, ['all-open'])];
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
  return [form('M/M/c/K', load, figures, ['all-open'])];
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
  return [form('M/M/c with timeout', load, figures, ['all-open'])];
}

/** Exponential holds, and everybody who waits leaves after an exponential time of his own. */
function impatientForms({ station, queue, load }: Waiting): ClosedForm[] {
  const { patienceSeconds, hold } = station;
  if (hold.law !== 'exponential' || patienceSeconds === 0) return [];
  const theory = erlangA({ ...queue, meanPatienceSeconds: patienceSeconds });
  const figures = figuresOf(station, load, {
    leftShare: theory.abandonProbability,
    meanWait: theory.meanWaitOfServedSeconds,
    waiting: theory.waitProbability,
    utilisation: theory.utilisation,
  });
  const known = form('Erlang A', load, figures, ['all-open']);
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
    return [form(known.name, load, figures, ['all-open', 'nobody-lost'])];
  }
  const approximate = allenCunneenForm({ station, queue, load });
  return approximate === null ? [] : [approximate];
}

type Known = Pick<WaitingQueue, 'waitProbability' | 'meanWaitSeconds' | 'utilisation'>;

/** A queue without bounds whose wait theory knows exactly. */
function knownQueue(station: Station, queue: Queue): { name: string; theory: Known } | null {
  const { law, scv } = station.hold;
  if (law === 'exponential') return { name: 'M/M/c', theory: erlangC(queue) };
  if (queue.servers === 1 && Number.isFinite(scv)) {
    const utilisation = queue.ratePerSecond * queue.meanServiceSeconds;
    const meanWaitSeconds = allenCunneenWaitSeconds({ ...queue, arrivalScv: 1, serviceScv: scv });
    const theory = { waitProbability: utilisation, meanWaitSeconds, utilisation };
    return { name: 'M/G/1', theory };
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
  const exact = form('Allen-Cunneen', load, figures, ['all-open', 'nobody-lost']);
  return { ...exact, error: ALLEN_CUNNEEN_ERROR };
}

/** Theory's answers; those that are left out make no figure. */
interface Answers {
  readonly lostShare?: number;
  readonly leftShare?: number;
  readonly meanWait?: number;
  /** Share of arrivals that wait: `mean-wait` is learnt from them. */
  readonly waiting?: number;
  readonly waitShare?: number;
  readonly utilisation?: number;
}

function figuresOf({ ratePerSecond }: Station, { scv }: Load, answers: Answers): Figure[] {
  const { lostShare, leftShare, meanWait, waiting = 0, waitShare, utilisation } = answers;
  const regular = 1 + scv;
  const all: [Figure['kind'], number | undefined, number][] = [
    ['mean-wait', meanWait, waiting / regular],
    ['wait-share', waitShare, Math.min(waiting, 1 - waiting)],
    ['lost-share', lostShare, lostShare ?? 0],
    ['left-share', leftShare, leftShare ?? 0],
    ['utilisation', utilisation, 1 / regular],
  ];
  return all.flatMap(([kind, expected, share]) =>
    expected === undefined ? [] : [{ kind, expected, eventsPerSecond: share * ratePerSecond }],
  );
}

function form(
  name: string,
  load: Load,
  figures: readonly Figure[],
  requires: ClosedForm['requires'],
): ClosedForm {
  return { name, error: 0, load, relaxationSeconds: relaxationSeconds(load), requires, figures };
}
