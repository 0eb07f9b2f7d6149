/** The verdict: at most five lines that say what was wrong, what it did, and what to do about it. */
import type { Advice } from '../experiment/advice.ts';
import type { RunResult } from '../experiment/result.ts';
import { type RunClock, runClock } from './run-clock.ts';
import { firstThatFits } from './text.ts';
import { effectWordings, unfinishedWordings } from './verdict/effect-line.ts';
import { innocenceWordings } from './verdict/innocence-line.ts';
import { mechanismLines } from './verdict/mechanism-lines.ts';
import { remedyWordings } from './verdict/remedy-lines.ts';
import { stationWordings } from './verdict/station-line.ts';
import { unstableWordings } from './verdict/unstable-line.ts';

/** Most lines of a verdict. */
const MOST_LINES = 5;

/**
 * The verdict in lines of at most 80 columns. A line that would be longer loses its least important
 * clause.
 * @param clock the wall clock of the scenario; UTC, as in the result, unless given
 */
export function verdict(
  result: RunResult,
  advice: Advice | null,
  clock: RunClock = runClock(result),
): string[] {
  if (result.requests.arrived === 0)
    return ['Nobody arrived: the run says nothing about the pool.'];
  const mechanism = mechanismLines(result, clock);
  const remedies =
    mechanism === null
      ? remedyWordings(result, advice, clock)
      : [mechanism.whatToDo, mechanism.whatNot];
  const facts = [
    mechanism?.cause ?? stationWordings(result, clock),
    effectWordings(result, clock),
    unstableWordings(result),
    unfinishedWordings(result),
    mechanism?.proof ?? innocenceWordings(result),
  ].filter((wordings) => wordings.length > 0);
  const room = MOST_LINES - remedies.length;
  return [...facts.slice(0, room), ...remedies].map((wordings) => firstThatFits(wordings));
}
