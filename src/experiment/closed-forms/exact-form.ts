/** A closed form of an exact theory, from the answers that the theory gives. */
import { type ClosedForm, type Figure, type Load, relaxationSeconds } from './closed-form.ts';
import type { Station } from './station.ts';

/** Theory's answers; those that are left out make no figure. */
export interface Answers {
  readonly lostShare?: number;
  readonly leftShare?: number;
  readonly meanWait?: number;
  /** Share of arrivals that wait: `mean-wait` is learnt from them. */
  readonly waiting?: number;
  readonly waitShare?: number;
  readonly throughput?: number;
  readonly utilisation?: number;
}

/** What theory knows of a station, and from how many requests a second each figure is learnt. */
export function figuresOf(station: Station, { scv, dispersion }: Load, answers: Answers): Figure[] {
  const { lostShare, leftShare, meanWait, waiting = 0, waitShare } = answers;
  const { throughput, utilisation } = answers;
  const regular = 1 + scv;
  const ratePerSecond = station.ratePerSecond / Math.max(1, dispersion);
  const all: [Figure['kind'], number | undefined, number][] = [
    ['mean-wait', meanWait, waiting / regular],
    ['wait-share', waitShare, Math.min(waiting, 1 - waiting)],
    ['lost-share', lostShare, lostShare ?? 0],
    ['left-share', leftShare, leftShare ?? 0],
    ['throughput', throughput, 1 / regular],
    ['utilisation', utilisation, 1 / regular],
  ];
  return all.flatMap(([kind, expected, share]) =>
    expected === undefined ? [] : [{ kind, expected, eventsPerSecond: share * ratePerSecond }],
  );
}

/** A closed form that theory knows exactly. */
export function exactForm(
  name: string,
  load: Load,
  figures: readonly Figure[],
  requires: ClosedForm['requires'],
): ClosedForm {
  return { name, error: 0, load, relaxationSeconds: relaxationSeconds(load), requires, figures };
}
