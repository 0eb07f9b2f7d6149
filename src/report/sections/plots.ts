/** The plots that only `--full` shows. */
import { chartLines } from '../chart.ts';
import type { Report } from '../report.ts';
import { amount, milliseconds } from '../words.ts';

/** Arrivals against completions, per second. */
export function arrivalChart({ result, clock }: Report): string[] {
  const { windowSeconds, arrived, completed, lastIsPartial } = result.series;
  // The last window may be shorter than the others, and its counts with it.
  const whole = lastIsPartial && arrived.length > 1 ? arrived.length - 1 : arrived.length;
  const perSecond = (counts: readonly number[]) =>
    counts.slice(0, whole).map((n) => n / windowSeconds);
  return chartLines(
    [
      {
        title: 'Requests/s: arrivals (line) against completions (dots)',
        curves: [perSecond(arrived), perSecond(completed)],
        label: amount,
        merge: 'mean',
      },
    ],
    clock,
  );
}

/** How long requests waited for a connection, and how long they took in all. */
export function latencyChart({ result, clock }: Report): string[] {
  const { acquireP99Ms, responseP50Ms, responseP99Ms } = result.series;
  return chartLines(
    [
      {
        title: 'Waiting for a connection: one in a hundred waits longer',
        curves: [acquireP99Ms],
        label: milliseconds,
        merge: 'max',
      },
      {
        title: 'Response time: one in a hundred takes longer (line), half do (dots)',
        curves: [responseP99Ms, responseP50Ms],
        label: milliseconds,
        merge: 'max',
      },
    ],
    clock,
  );
}
