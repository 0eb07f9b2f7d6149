/** What a verdict says of a mechanism: where requests wait and why, what shows it, what to do and what not. */
import type { Mechanism } from '../../experiment/mechanism/mechanism.ts';
import type { RunResult } from '../../experiment/result.ts';
import type { RunClock } from '../run-clock.ts';
import { count, counted, milliseconds, percent, rate, times, wholePercent } from '../words.ts';
import { clearedCpu } from './innocence-line.ts';
import { deadlockedLines, leakedLines } from './kept-lines.ts';
import { outageLines } from './outage-lines.ts';
import { poolName } from './names.ts';
import { clientsRefusedLines, poolerFullLines } from './pooler-lines.ts';

/** The lines of a mechanism, each in its wordings, the most complete one first. */
export interface MechanismLines {
  /** Instead of the first line, which names the bottleneck. */
  readonly cause: string[];
  /** Instead of the third line. */
  readonly proof: string[];
  readonly whatToDo: string[];
  readonly whatNot: string[];
}

/** null: the run shows no mechanism. */
export function mechanismLines(result: RunResult, clock: RunClock): MechanismLines | null {
  const { mechanism } = result.bottleneck;
  if (mechanism === undefined) return null;
  const linesOf = LINES[mechanism.name] as (...about: Parameters<LinesOf>) => MechanismLines;
  return linesOf(mechanism, result, clock);
}

/** A mechanism by its name. */
export type Of<Name extends Mechanism['name']> = Extract<Mechanism, { name: Name }>;

type LinesOf<Name extends Mechanism['name'] = Mechanism['name']> = (
  mechanism: Of<Name>,
  result: RunResult,
  clock: RunClock,
) => MechanismLines;

const OPENING = 'Opening connections is the bottleneck';

function refusedLines({ evidence }: Of<'connections-refused'>, result: RunResult): MechanismLines {
  const { instances, max, wanted, admitted, refused } = evidence;
  const out = 'The database is out of connections';
  const pools = max === null ? '' : `${counted(instances, 'pool')} of ${count(max)} may open `;
  const all = wanted === null ? 'any number' : count(wanted);
  const fair = Math.floor(admitted / instances);
  const cpu = clearedCpu(result);
  const tried = `It refused ${counted(refused, 'connection')}`;
  return {
    cause: [
      `${out}: ${pools === '' ? 'the pools may open ' : pools}${all}, it admits ${count(admitted)}.`,
      `${out}: it admits ${count(admitted)}.`,
    ],
    proof: cpu === null ? [`${tried}.`] : [`${tried}; it was not ${cpu}.`],
    whatToDo: [
      fair < 1
        ? 'Do: fewer instances, or more connections admitted by the database.'
        : `Do: at most ${count(fair)} connections per instance, or let the database admit more.`,
    ],
    whatNot: ["Don't: larger pools or more instances; the database refuses their connections."],
  };
}

function brokenOffLines({ evidence, settings }: Of<'opening-broken-off'>): MechanismLines {
  const connect = milliseconds(evidence.connectMs);
  const limit = settings.connectTimeout ?? settings.acquireTimeout ?? 'the timeout';
  return {
    cause: [
      `${OPENING}: it takes ${connect}, and is broken off after ${milliseconds(evidence.limitMs)}.`,
      `${OPENING}: it takes ${connect}, broken off after ${milliseconds(evidence.limitMs)}.`,
      `${OPENING}: it is broken off by a timeout.`,
    ],
    proof: [
      `The pool never gets warm: ${wholePercent(evidence.lostShare)} of the time spent opening came to nothing.`,
      `Of the time spent opening, ${wholePercent(evidence.lostShare)} came to nothing.`,
    ],
    whatToDo: [
      `Do: a timeout above the connect time: ${limit} over ${connect}.`,
      `Do: a timeout above the connect time, ${connect}.`,
    ],
    whatNot: ["Don't: a larger pool or a shorter timeout; as many attempts would be broken off."],
  };
}

function expiredLines({ evidence, settings }: Of<'expired-together'>): MechanismLines {
  const { closed, max, withinMs, lifetimeMs, jitter, connectMs } = evidence;
  const lifetime = milliseconds(lifetimeMs);
  return {
    cause: [
      `${OPENING}: ${count(closed)} of ${count(max)} ended within ${milliseconds(withinMs)}.`,
      `${OPENING}: many ended at once.`,
    ],
    proof: [
      `Opened together, they ended together: lifetimes of ${lifetime} differ by ${percent(jitter)}.`,
      `They were opened together, and lifetimes differ by ${percent(jitter)} only.`,
    ],
    whatToDo: [
      `Do: lifetimes that differ by a quarter, or opening faster than in ${milliseconds(connectMs)}.`,
      'Do: lifetimes that differ by a quarter.',
    ],
    whatNot: [
      `Don't: a shorter ${settings.lifetime ?? 'lifetime'}; the same happens more often.`,
      "Don't: shorter lifetimes; the same happens more often.",
    ],
  };
}

function oneAtATimeLines(
  { evidence, settings }: Of<'one-at-a-time'>,
  result: RunResult,
): MechanismLines {
  const { atOnce, connectMs, mostWaiting, openThen, max, min } = evidence;
  const pace = atOnce === 1 ? 'one at a time' : `${count(atOnce)} at a time`;
  const cause = `${OPENING}: ${pace}, ${milliseconds(connectMs)} each`;
  const wait = `${whole(mostWaiting)} wait`;
  const cpu = clearedCpu(result);
  const nor = cpu === null ? '' : `; it was not ${cpu}`;
  const then = openThen === null ? null : count(Math.floor(openThen));
  const isKept = min >= max || settings.min === undefined;
  const size = settings.max ?? 'pool';
  return {
    cause: [`${cause}; up to ${wait}.`, `${cause}; ${wait}.`, `${cause}.`],
    proof: [
      ...(then === null
        ? []
        : [
            `${then} of ${count(max)} were open when the first gave up${nor}.`,
            `Only ${then} of ${count(max)} were open when the first gave up.`,
          ]),
      'There was room for more while they waited.',
    ],
    whatToDo: [
      isKept
        ? 'Do: open the connections before the traffic comes, or open them faster.'
        : `Do: keep connections open: ${settings.min ?? ''} as large as ${size}.`,
    ],
    whatNot: [
      `Don't: a larger ${size}; connections would come no faster.`,
      "Don't: a larger pool; connections would come no faster.",
    ],
  };
}

function nothingOpenLines({ evidence }: Of<'nothing-open'>, result: RunResult): MechanismLines {
  const { connectMs, used, idle, opening, waiting } = evidence;
  const now = `${whole(used)} used, ${whole(idle)} idle, ${whole(opening)} opening`;
  const connect = milliseconds(connectMs);
  return {
    cause: [
      `${OPENING}: ${now}, ${whole(waiting)} wait.`,
      `${OPENING}: none is open, ${whole(waiting)} wait.`,
      `${OPENING}: none is open.`,
    ],
    proof: [notSlow(result) ?? `Opening a connection takes ${connect}.`],
    whatToDo: [
      `Do: open connections before traffic comes, or faster than in ${connect}.`,
      'Do: open connections before traffic comes, or open them faster.',
    ],
    whatNot: ["Don't: a larger pool, or faster queries; nobody had a connection to ask with."],
  };
}

/** That queries were not slow, once they had a connection; null: the run does not show it. */
function notSlow(result: RunResult): string | null {
  const cpu = clearedCpu(result);
  const { meanMs } = result.use;
  if (cpu === null) return null;
  if (meanMs === null) return `It was not ${cpu}.`;
  return `It was neither slow queries (${milliseconds(meanMs)}) nor ${cpu}.`;
}

function whole(level: number): string {
  return count(Math.round(level));
}

function longerHoldsLines(
  { evidence }: Of<'longer-holds'>,
  result: RunResult,
  clock: RunClock,
): MechanismLines {
  const { at, changed, beforeMs, afterMs, perSecondAfter } = evidence;
  const what = changed === 'query' ? 'queries take' : 'connections are out';
  const longer = `${times(afterMs / beforeMs)} as long`;
  const [before, after] = [milliseconds(beforeMs), milliseconds(afterMs)];
  const whose = changed === 'hold' ? 'each hold' : "the database's work";
  const same = `Arrivals stayed at ${rate(perSecondAfter)}`;
  return {
    cause: [
      `${poolName(result)} is the bottleneck: ${what} ${longer} since ${clock.time(at)}.`,
      `${poolName(result)} is the bottleneck: ${what} ${longer}.`,
    ],
    proof: [
      `${same}; it is ${whose}: ${after} a request, not ${before}.`,
      `${same}; it is ${whose}.`,
      `${same}.`,
    ],
    whatToDo: [
      `Do: make each request need its connection for ${before} again, as until ${clock.time(at)}.`,
      `Do: make each request need its connection for ${before} again.`,
    ],
    whatNot: ["Don't: look for a surge; no more requests came than before."],
  };
}

function randomOrderLines({ evidence }: Of<'random-order'>, result: RunResult): MechanismLines {
  const { gaveUp, afterMs, meanWaitMs, offeredLoad } = evidence;
  const some = `${counted(gaveUp, 'request')} gave up after ${milliseconds(afterMs)}`;
  return {
    cause: [
      `${poolName(result)} is the bottleneck: it serves those who wait in random order.`,
      `${poolName(result)} is the bottleneck: it serves in random order.`,
    ],
    proof: [
      `${some}; others at that time waited for ${milliseconds(meanWaitMs)} on average.`,
      `${some}, others waited for ${milliseconds(meanWaitMs)}.`,
    ],
    whatToDo: [
      `Do: a pool with a strict line, or more connections (load ${wholePercent(offeredLoad)}).`,
    ],
    whatNot: ["Don't: judge it by the mean wait, which hides those who wait longest."],
  };
}

/** What is said of each. */
const LINES: { readonly [Name in Mechanism['name']]: LinesOf<Name> } = {
  'database-outage': (m, _, clock) => outageLines(m, clock),
  'nested-deadlock': deadlockedLines,
  leak: leakedLines,
  'connections-refused': refusedLines,
  'clients-refused': clientsRefusedLines,
  'pooler-full': poolerFullLines,
  'opening-broken-off': brokenOffLines,
  'expired-together': expiredLines,
  'one-at-a-time': oneAtATimeLines,
  'nothing-open': nothingOpenLines,
  'longer-holds': longerHoldsLines,
  'random-order': randomOrderLines,
};
