/** Users who wait for an answer, think, and ask again: one instance, and a database that does not slow down. */
import { engset } from '../../theory/engset.ts';
import { machineRepair } from '../../theory/machine-repair.ts';
import { type ClosedForm, type Load, loadOf, relaxationSeconds } from './closed-form.ts';
import { exactForm, figuresOf } from './exact-form.ts';
import type { Station } from './station.ts';

/** Theory's steps grow with the users. */
const MOST_USERS = 100_000;

/** The closed forms of a station whose arrivals are users. */
export function userForms(station: Station): ClosedForm[] {
  const { arriving, hold, instances, servers, waitingPlaces } = station;
  const { source } = arriving;
  const isPlain = hold.contention.kind === 'none' && instances === 1 && hold.delaySeconds > 0;
  if (source.kind !== 'users' || !isPlain || source.users > MOST_USERS) return [];
  const crowd: Crowd = {
    clients: source.users,
    meanThinkSeconds: source.thinkSeconds,
    meanServiceSeconds: hold.delaySeconds,
    servers,
  };
  if (waitingPlaces === 0 && source.users > servers) return lossForms(station, crowd);
  const hasPlaceForAll = source.users <= servers + waitingPlaces;
  return hasPlaceForAll ? waitingForms(station, crowd) : [];
}

type Crowd = Parameters<typeof machineRepair>[0];

/** Whoever finds no connection thinks again: of the hold only the mean matters. */
function lossForms(station: Station, crowd: Crowd): ClosedForm[] {
  if (!station.isFinalAtPool || crowd.meanThinkSeconds === 0) return [];
  const { callCongestion, carriedLoad, throughputPerSecond } = engset(crowd);
  const load = loadOfUsers(station, carriedLoad / crowd.servers);
  const figures = figuresOf(station, load, {
    lostShare: callCongestion,
    throughput: throughputPerSecond,
    utilisation: carriedLoad / crowd.servers,
  });
  const known = exactForm('Engset', load, figures, ['all-open']);
  // Nobody waits, so that each user forgets by himself.
  return [{ ...known, relaxationSeconds: restSeconds(load) }];
}

/** Exponential holds, and everybody waits as long as it takes. */
function waitingForms(station: Station, crowd: Crowd): ClosedForm[] {
  if (station.hold.law !== 'exponential') return [];
  const theory = machineRepair(crowd);
  const load = loadOfUsers(station, theory.utilisation);
  const figures = figuresOf(station, load, {
    meanWait: theory.meanWaitSeconds,
    waiting: theory.waitProbability,
    waitShare: theory.waitProbability,
    throughput: theory.throughputPerSecond,
    utilisation: theory.utilisation,
  });
  const known = exactForm('machine repair', load, figures, ['all-open', 'nobody-lost']);
  return [{ ...known, relaxationSeconds: crowdRelaxationSeconds(load) }];
}

/**
 * Those who wait are fewer soon, as with open arrivals; and however many they are, every one of them is
 * missing among those who think, which draws the queue back at the rate of 1 ÷ think time.
 */
function crowdRelaxationSeconds(load: Load): number {
  const asOpen = relaxationSeconds({ ...load, memorySeconds: 0, longestWaitSeconds: Infinity });
  const rest = restSeconds(load);
  return Math.max(rest, Math.min(asOpen, load.memorySeconds + rest));
}

/** What is left of a hold under way, and not less than a hold. */
function restSeconds({ holdSeconds, scv }: Load): number {
  return holdSeconds * Math.max(1, (1 + scv) / 2);
}

function loadOfUsers(station: Station, utilisation: number): Load {
  return { ...loadOf(station, station.hold.delaySeconds), utilisation };
}
