/** What a verdict says of connections that do not come back: held by who waits for one more, or lost. */
import type { RunResult } from '../../experiment/result.ts';
import type { RunClock } from '../run-clock.ts';
import { amount, count, counted, milliseconds } from '../words.ts';
import { clearedCpu } from './innocence-line.ts';
import type { MechanismLines, Of } from './mechanism-lines.ts';
import { poolName } from './names.ts';

export function deadlockedLines(
  { evidence, settings }: Of<'nested-deadlock'>,
  result: RunResult,
  clock: RunClock,
): MechanismLines {
  const { at, max, needed } = evidence;
  const locked = `${poolName(result)} is deadlocked since ${clock.time(at)}`;
  const holders = max === 1 ? 'its one holder waits' : `all ${count(max)} holders wait`;
  const cpu = clearedCpu(result);
  const atOnce = `Requests need ${count(needed)} connections at once`;
  return {
    cause: [`${locked}: ${holders} for one more.`, `${locked}.`],
    proof: [...(cpu === null ? [] : [`${atOnce}; it was not ${cpu}.`]), `${atOnce}.`],
    whatToDo: enoughFor(evidence, settings.max ?? 'max'),
    whatNot: ["Don't: a longer timeout; nobody gives a connection back while he waits for one."],
  };
}

/** One connection always stays for who needs his last: at once × (needed − 1) is less than there are. */
function enoughFor(
  { max, needed, concurrency }: Of<'nested-deadlock'>['evidence'],
  setting: string,
): string[] {
  const one = 'Do: one connection per request';
  if (concurrency !== null) {
    const enough = concurrency * (needed - 1) + 1;
    return [`${one}, or ${setting} ${count(enough)} for ${count(concurrency)} at once.`, `${one}.`];
  }
  const atOnce = Math.floor((max - 1) / (needed - 1));
  if (atOnce < 1) return [`${one}; ${count(max)} are not enough for even one request.`, `${one}.`];
  const some = counted(atOnce, 'request');
  return [
    `${one}, or let an instance work on at most ${some} at once.`,
    `${one}, or at most ${some} at once per instance.`,
    `${one}.`,
  ];
}

export function leakedLines(
  { evidence }: Of<'leak'>,
  result: RunResult,
  clock: RunClock,
): MechanismLines {
  const { lost, max, emptyAt, everyMs, lostShare, offeredLoad } = evidence;
  const isFleet = result.services.some(({ instances }) => instances > 1);
  const leaks = `${poolName(result)} leaks: ${count(lost)} of ${count(max)}`;
  const since = emptyAt === null ? '' : `none left since ${clock.time(emptyAt)}`;
  const pace = `One more was lost every ${milliseconds(everyMs)}`;
  const needed = amount(Math.round(offeredLoad * max * 10) / 10);
  const oneIn = `one use in ${count(1 / lostShare)}`;
  return {
    cause: [
      ...(since === ''
        ? []
        : [
            ...(isFleet ? [] : [`${leaks} connections lost, ${since}.`]),
            `${leaks} lost, ${isFleet ? 'an instance has ' : ''}${since}.`,
          ]),
      `${leaks} connections never came back.`,
    ],
    proof:
      offeredLoad < 1 ? [`${pace}, though the load needs only ${needed} at a time.`] : [`${pace}.`],
    whatToDo: [
      `Do: give connections back on every way out (${oneIn} does not); restart till then.`,
      `Do: give connections back on every way out; ${oneIn} does not.`,
    ],
    whatNot: ["Don't: a larger pool; it only delays this: twice the size lasts twice as long."],
  };
}
