/** Connections in use by flow balance: what holds for any balancer, and over a database that slows down. */
import { birthDeathProbabilities, meanOver } from '../../theory/birth-death.ts';
import { erlangC } from '../../theory/erlang-c.ts';
import { stateDependentPool } from '../../theory/state-dependent.ts';
import { type ClosedForm, loadOf, relaxationSeconds } from './closed-form.ts';
import type { Station } from './station.ts';

/** The closed forms that apply to this station, the exact ones first. */
export function loadForms(station: Station): ClosedForm[] {
  switch (station.hold.contention.kind) {
    case 'none':
      return known([littlesLaw(station)]);
    case 'cores':
      return known([poolOverDatabase(station), sharedCores(station)]);
    case 'held':
      return known([poolOverDatabase(station), slowedByAll(station), slowedByAverage(station)]);
  }
}

/** Clockwork has no scatter that could tell how near is near. */
const LEAST_SCATTER = 0.05;

/** Everybody is served: connections in use = arrival rate × mean hold, whatever the arrivals and the queue. */
export function littlesLaw(station: Station): ClosedForm | null {
  const load = loadOf(station, station.hold.delaySeconds);
  if (load.utilisation >= 1 || load.utilisation === 0) return null;
  if (!(load.dispersion + load.scv >= LEAST_SCATTER)) return null;
  return {
    ...ofUse(station, load.utilisation),
    name: "Little's law",
    load,
    relaxationSeconds: relaxationSeconds(load),
    requires: ['all-open', 'nobody-lost'],
  };
}

/** One instance with exponential work and nothing else in the hold: a birth-and-death chain. */
function poolOverDatabase(station: Station): ClosedForm | null {
  const { hold, instances, servers, waitingPlaces, ratePerSecond } = station;
  const isChain = hold.law === 'exponential' && hold.delaySeconds === 0;
  if (!isChain || instances > 1 || waitingPlaces < Infinity) return null;
  const theory = stateDependentPool({
    ratePerSecond,
    poolMax: servers,
    databaseRate: (n) => n / holdAt(station, n),
  });
  if (!Number.isFinite(theory.meanWaitSeconds)) return null;
  const waiting = theory.waitProbability * ratePerSecond;
  const use = ofUse(station, theory.meanActive / servers);
  const load = loadOf(station, holdAt(station, servers));
  return {
    ...use,
    name: 'M/M/c with shared speed',
    load,
    relaxationSeconds: relaxationSeconds(load),
    requires: ['all-open', 'nobody-lost'],
    figures: [
      { kind: 'mean-wait', expected: theory.meanWaitSeconds, eventsPerSecond: waiting / 2 },
      ...use.figures,
    ],
  };
}

/** Nobody waits, so that all requests are delayed, and then share the cores: only their means matter. */
function sharedCores(station: Station): ClosedForm | null {
  const { hold, instances, servers, ratePerSecond } = station;
  const { contention, delaySeconds, workSeconds } = hold;
  if (contention.kind !== 'cores' || workSeconds === 0) return null;
  const queue = { ratePerSecond, meanServiceSeconds: workSeconds, servers: contention.cores };
  const { meanInSystem, utilisation } = erlangC(queue);
  const inUse = (ratePerSecond * delaySeconds + meanInSystem) / (instances * servers);
  if (!(utilisation < 1 && inUse < 1)) return null;
  const load = {
    ...loadOf(station, workSeconds),
    ...{ servers: contention.cores, utilisation, longestWaitSeconds: Infinity },
  };
  const delay = delaySeconds * Math.max(1, (1 + hold.scv) / 2);
  return {
    ...ofUse(station, inUse),
    name: 'processor sharing',
    load,
    relaxationSeconds: delay + relaxationSeconds(load),
    requires: ['nobody-waits', 'nobody-lost'],
  };
}

/** Nobody waits and holds are work only: p(n) ∝ Π λS·V(i)/i, whatever the law of the work. */
function slowedByAll(station: Station): ClosedForm | null {
  const { hold, instances, servers, ratePerSecond } = station;
  if (hold.delaySeconds > 0 || hold.workSeconds === 0) return null;
  const connections = instances * servers;
  const p = birthDeathProbabilities(connections, (n) => (ratePerSecond * holdAt(station, n)) / n);
  const inUse = meanOver(p, (n) => n) / connections;
  const load = { ...loadOf(station, holdAt(station, connections)), longestWaitSeconds: Infinity };
  return {
    ...ofUse(station, inUse),
    name: 'processor sharing',
    load,
    relaxationSeconds: relaxationSeconds(load),
    requires: ['nobody-waits', 'nobody-lost'],
  };
}

/** How far the average slowdown may be from the slowdown of the average. */
const AVERAGE_ERROR = 0.03;
/** Up to this load the pool hardly shapes how many connections are in use. */
const MOST_LOAD = 0.7;

/**
 * Holds with delays in a database that slows down: n = λ(delay + work·V), V that of oneself and a Poisson
 * number n of others, found by iteration.
 */
function slowedByAverage(station: Station): ClosedForm | null {
  const { hold, instances, servers, ratePerSecond } = station;
  const connections = instances * servers;
  let held = 0;
  for (let step = 0; step < 200; step++) {
    held = Math.min(connections, ratePerSecond * holdAmong(station, held));
  }
  const load = loadOf(station, held / ratePerSecond);
  if (hold.contention.kind !== 'held' || !(load.utilisation <= MOST_LOAD)) return null;
  return {
    ...ofUse(station, load.utilisation),
    name: 'mean field',
    error: AVERAGE_ERROR,
    load,
    relaxationSeconds: relaxationSeconds(load),
    requires: ['nobody-lost'],
  };
}

/** The mean hold while n connections are held. */
export function holdAt({ hold }: Station, n: number): number {
  const { contention, delaySeconds, workSeconds } = hold;
  switch (contention.kind) {
    case 'none':
      return delaySeconds + workSeconds;
    case 'cores':
      return delaySeconds + workSeconds * Math.max(1, n / contention.cores);
    case 'held':
      return delaySeconds + workSeconds * contention.slowdown(n);
  }
}

/** … while a Poisson number of others is held, in the mean `others`. */
function holdAmong(station: Station, others: number): number {
  const reach = Math.ceil(others + 10 * Math.sqrt(others) + 20);
  const p = birthDeathProbabilities(reach, (n) => others / n);
  return meanOver(p, (n) => holdAt(station, n + 1));
}

function ofUse({ ratePerSecond, hold, arriving }: Station, utilisation: number) {
  const eventsPerSecond = ratePerSecond / (Math.max(1, arriving.dispersion) + hold.scv);
  return {
    error: 0,
    figures: [{ kind: 'utilisation' as const, expected: utilisation, eventsPerSecond }],
  };
}

function known(forms: readonly (ClosedForm | null)[]): ClosedForm[] {
  return forms.filter((form) => form !== null);
}
