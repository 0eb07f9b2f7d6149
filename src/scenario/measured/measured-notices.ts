/** What is said to somebody whose measured hold is read: what it implies, and what is made of it. */
import type { SystemSettings } from '../../model/settings.ts';
import { formatDuration } from '../duration.ts';
import type { Files } from '../files.ts';
import { ofLaw } from '../implied-means.ts';
import { roughly } from '../percentiles.ts';
import { problem, type Problem } from '../problem.ts';
import type { MeasuredHold } from './measured-hold.ts';
import { digits, rate, usedWords } from './measurement-problems.ts';
import { meanWork, type Unwound } from './unwind.ts';

interface Outcome {
  readonly holds: readonly MeasuredHold[];
  /** null: all holds are used as they are. */
  readonly found: Unwound | null;
}

export function measuredNotices(
  system: SystemSettings,
  { holds, found }: Outcome,
  files: Files,
): Problem[] {
  return holds.flatMap((hold) => {
    const path = [...hold.path, 'hold'];
    const gauge = `${usedWords([hold], system)}; what does your gauge say?`;
    const isUnwound = found?.works.has(hold) === true;
    return [
      ...ofLaw(hold.written, path, files),
      problem([...path, 'measuredAt'], 'little', gauge),
      isUnwound
        ? problem(path, 'unwound', unwoundWords(hold, found, system))
        : problem(path, 'as-measured', asItIs(hold)),
    ];
  });
}

/** `23.6ms at 450/s is 17.2ms of query work without contention, which slowed it down 1.37 times`. */
function unwoundWords(hold: MeasuredHold, found: Unwound, { database }: SystemSettings): string {
  const { roundTripNs, contention } = database;
  const work = roughly(meanWork(found.works, hold));
  const trip = roundTripNs === 0 ? '' : ` and a round trip of ${formatDuration(roundTripNs)}`;
  const what = contention.kind === 'cores' ? 'the CPU part of it' : 'it';
  const times = digits(found.slowdown);
  const slower =
    times === '1' ? 'nothing slowed it down' : `contention slowed ${what} down ${times} times`;
  const cpu = hold.cpu === undefined ? '; all of it is taken to be CPU, as there is no cpu' : '';
  return `${roughly(hold.meanNs)} at ${rate(hold.perSecond)} is ${work} of query work without contention${trip}: ${slower}${cpu}`;
}

function asItIs(hold: MeasuredHold): string {
  const why = hold.isUsedAsItIs ? 'contention: none' : 'database.contention is none';
  const cpu = hold.cpu === undefined ? '' : '; its cpu changes nothing';
  return `is used as it was measured, because ${why}: more traffic does not make it longer${cpu}`;
}
