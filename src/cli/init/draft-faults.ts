// What is wrong with a scenario that nobody has written yet, in the words of who gave the answers and the files.

import { ANSWER } from '../../scenario/draft/answers.ts';
import type { Fact } from '../../scenario/draft/fact.ts';
import { type Fault, formatFault } from '../../scenario/fault.ts';
import { formatPath } from '../../scenario/path.ts';
import { UserFault } from '../faults.ts';

/** Which option answers what stands at a path. */
const OPTIONS: readonly (readonly [path: RegExp, option: string])[] = [
  [/^traffic\.base$/, '--rate'],
  [/^traffic\.surges/, '--surge'],
  [/^requests\.hold\.mean$/, '--hold-mean'],
  [/^requests\.hold\.p50$/, '--hold-p50'],
  [/^requests\.hold\.p99$/, '--hold-p99'],
  [/^requests\.hold\.measuredAt$/, '--measured-at'],
  [/^service\.instances$/, '--pods'],
  [/^database\.cores$/, '--db-cores'],
  [/^database\.maxConnections$/, '--db-max'],
  [/^objectives/, '--objective'],
];

/** `stated`: what files and answers say; `assumed`: what stands beside it in the draft. */
export function draftFaults(
  faults: readonly Fault[],
  stated: readonly Fact[],
  assumed: readonly Fact[],
): UserFault {
  const messages: string[] = [];
  const located: string[] = [];
  for (const fault of faults) {
    const source = sourceOf(fault, stated, assumed);
    if (source === null) messages.push(`${nameOf(fault.path)}: ${fault.message}`);
    else located.push(source);
  }
  return new UserFault([...messages, ...besideWords(faults, assumed)], located);
}

/** The line with the place in a file; null where an answer or an assumption says it. */
function sourceOf(fault: Fault, stated: readonly Fact[], assumed: readonly Fact[]): string | null {
  if (fault.file.startsWith('--set')) return formatFault(fault);
  const fact = [...assumed, ...stated].find(({ path }) => formatPath(path, {}) === fault.path);
  if (fact?.grade !== 'stated' || fact.note === ANSWER) return null;
  return formatFault({ ...fault, file: fact.note, line: null });
}

function nameOf(path: string): string {
  return OPTIONS.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}

/** What a measurement is held against, by what is wrong with it. */
const HELD_AGAINST: Readonly<Record<string, RegExp>> = {
  impossible: /^(?:requests\.hold\.measuredAt|service\.|database\.maxConnections)/,
  unexplained: /^(?:requests\.hold\.measuredAt|database\.(?:cores|contention|roundTrip))/,
};

function besideWords(faults: readonly Fault[], assumed: readonly Fact[]): string[] {
  const patterns = faults.flatMap(({ code }) => HELD_AGAINST[code] ?? []);
  const paths = assumed.map(({ path }) => formatPath(path, {}));
  const against = paths.filter((path) => patterns.some((pattern) => pattern.test(path)));
  if (against.length === 0) return [];
  return [`assumed there, because nobody says it: ${against.map(nameOf).join(', ')}`];
}
