/**
 * The second half of the certificate: what queueing theory says of stretches of the run, beside what was
 * simulated. A difference is no proof of a fault, and changes no exit code.
 */
import type { System } from '../../model/system.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { ClosedFormCheck } from '../result.ts';
import type { FigureKind } from './closed-form.ts';
import { compare } from './comparison.ts';
import { matchingForms } from './matching.ts';
import { isLongEnough, type Plan, planOf } from './plan.ts';
import { isMet, readService, type ServiceReading } from './readings.ts';
import { type Station, stationOf } from './station.ts';
import { constantStretches, type Stretch } from './stretches.ts';

/** Those with the most requests; a run with a long timeline has too many stretches to show. */
const MOST_STRETCHES = 12;
/** Of so many the theory is asked, which may take some time; again those with the most requests. */
const MOST_CANDIDATES = 48;

interface Watched extends Plan {
  readonly readings: ServiceReading[];
}

export class ClosedForms {
  private readonly scenario: Scenario;
  /** The forms of each stretch, best first; stretches in order of time. */
  private readonly stretches: readonly (readonly Watched[])[];
  private readonly watchedAt = new Map<number, Watched[]>();
  /** Ascending. */
  private readonly instants: readonly number[];
  private next = 0;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
    this.stretches = watchedStretches(scenario);
    for (const watched of this.stretches.flat()) {
      for (const at of watched.instants) {
        const others = this.watchedAt.get(at);
        if (others === undefined) this.watchedAt.set(at, [watched]);
        else others.push(watched);
      }
    }
    this.instants = [...this.watchedAt.keys()].sort((a, b) => a - b);
  }

  /** Instants up to and including this one at which `record` is due; each is given once. */
  *instantsUntil(atNs: number): Generator<number, void, undefined> {
    for (;;) {
      const instant = this.instants[this.next];
      if (instant === undefined || instant > atNs) return;
      this.next++;
      yield instant;
    }
  }

  /** Reads the system, which stands at one of the instants. That changes nothing in it. */
  record({ services, simulation: { now } }: System): void {
    for (const { stretch, readings } of this.watchedAt.get(now) ?? []) {
      const service = services[stretch.service];
      if (service !== undefined) readings.push(readService(service, now));
    }
  }

  /** The comparisons, in order of time; the run must have ended. */
  checks(): ClosedFormCheck[] {
    return this.stretches.flatMap((forms) => {
      const shown = new Set<FigureKind>();
      return forms.filter(describesWhatWasSeen).flatMap((watched) => {
        const figures = watched.form.figures.filter(({ kind }) => !shown.has(kind));
        for (const { kind } of figures) shown.add(kind);
        return figures.flatMap(
          (figure) => compare(this.scenario, watched, watched.readings, figure) ?? [],
        );
      });
    });
  }
}

function describesWhatWasSeen({ form, instants, readings }: Watched): boolean {
  const [first, last] = [readings[0], readings.at(-1)];
  if (first === undefined || last === undefined || readings.length < instants.length) return false;
  return form.requires.every((requirement) => isMet(requirement, first, last));
}

function watchedStretches(scenario: Scenario): Watched[][] {
  const candidates = scenario.system.services
    .flatMap((_, service) => constantStretches(scenario, service))
    .flatMap((stretch) => candidateOf(stretch) ?? [])
    .sort((a, b) => requestsOf(b) - requestsOf(a))
    .slice(0, MOST_CANDIDATES);
  return candidates
    .map((candidate) => ({ ...candidate, forms: formsOf(candidate) }))
    .filter(({ forms }) => forms.length > 0)
    .slice(0, MOST_STRETCHES)
    .sort((a, b) => a.stretch.fromNs - b.stretch.fromNs || a.stretch.service - b.stretch.service)
    .map(({ forms }) => forms);
}

interface Candidate {
  readonly stretch: Stretch;
  readonly station: Station;
}

function candidateOf(stretch: Stretch): Candidate | null {
  const station = stationOf(stretch);
  if (station === null) return null;
  const { delaySeconds, workSeconds } = station.hold;
  return isLongEnough(stretch, delaySeconds + workSeconds) ? { stretch, station } : null;
}

function requestsOf({ stretch: { fromNs, toNs }, station }: Candidate): number {
  return (toNs - fromNs) * station.ratePerSecond;
}

function formsOf({ stretch, station }: Candidate): Watched[] {
  return matchingForms(station).flatMap((form) => {
    const plan = planOf(stretch, form);
    return plan === null ? [] : [{ ...plan, readings: [] }];
  });
}
