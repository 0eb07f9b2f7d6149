/** The timeline: what people did, when, and what it changed. */
import { formatClock, momentNs, parseMoment, type Clock } from './clock.ts';
import type { EntryChange } from './changes.ts';
import { didYouMean } from './near-miss.ts';
import { entry, isList, isMap } from './path.ts';
import { problem, type Problem } from './problem.ts';
import type { TimelineEntry } from './scenario.ts';
import type { WrittenScenario } from './scenario-schema.ts';
import { onlyService } from './system.ts';

/** Entries out of order or beyond the end of the run, and restarts of services that there are not. */
export function timelineProblems(document: unknown, clock: Clock, durationNs: number): Problem[] {
  const timeline = entry(document, 'timeline');
  if (!isList(timeline)) return [];
  const show = (ns: number): string => formatClock(clock, ns, { seconds: 'when-needed' });
  const problems: Problem[] = [];
  let latest = 0;
  for (const [i, item] of timeline.entries()) {
    problems.push(...restartProblems(document, item, i));
    const moment = parseMoment(entry(item, 'at'));
    if (!moment.ok) continue;
    const path = ['timeline', i, 'at'];
    const written = String(entry(item, 'at'));
    const ns = momentNs(clock, moment.value);
    if (ns > durationNs) {
      const message = `${written} is beyond the end of the run (${show(durationNs)})`;
      problems.push(problem(path, 'beyond-end', message));
    } else if (ns < latest) {
      const message = `${written} comes before the entry above it (${show(latest)}); entries stand in order of time`;
      problems.push(problem(path, 'out-of-order', message));
    } else {
      latest = ns;
    }
  }
  return problems;
}

function restartProblems(document: unknown, item: unknown, i: number): Problem[] {
  const restart = entry(item, 'restart');
  if (!isMap(restart)) return [];
  const services = entry(document, 'services');
  const names = isMap(services) ? Object.keys(services) : [onlyService];
  const name = restart['service'];
  const path = ['timeline', i, 'restart', 'service'];
  if (name === undefined) {
    if (names.length <= 1) return [];
    const message = `is missing; there are several services: ${names.join(', ')}`;
    return [problem(path, 'missing', message)];
  }
  if (typeof name !== 'string' || names.includes(name)) return [];
  const near = didYouMean(name, names);
  const message = `there is no service ${name}${near === '' ? `; there are: ${names.join(', ')}` : near}`;
  return [problem(path, 'unknown-value', message)];
}

/** The entries of a scenario that passed all checks; `changes` has one item for each of them. */
export function resolveTimeline(
  written: WrittenScenario['timeline'],
  changes: readonly EntryChange[],
  serviceNames: readonly string[],
  clock: Clock,
): TimelineEntry[] {
  return written.map(({ at, title, set, restart, outage }, i) => ({
    atNs: momentNs(clock, at),
    title,
    set: set ?? {},
    settings: changes[i]?.settings ?? null,
    restart:
      restart === undefined
        ? null
        : {
            service: Math.max(0, serviceNames.indexOf(restart.service ?? '')),
            eachNs: restart.each,
          },
    outage: outage === undefined ? null : { lastsNs: outage.lasts, isSilent: outage.silent },
  }));
}
