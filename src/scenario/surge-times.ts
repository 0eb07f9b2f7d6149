/** Surges that lie wholly outside the run: nobody would see anything of them. */
import { formatClock, parseMoment, type Clock } from './clock.ts';
import { entry, isList, valueAt, type Path } from './path.ts';
import { check, problem, type Problem } from './problem.ts';
import { surgeCorners } from './surge-curve.ts';
import { surgeSchema } from './surge-schema.ts';

/** Of the traffic at a path; surges that cannot be read are passed over. */
export function surgeTimeProblems(
  document: unknown,
  path: Path,
  clock: Clock,
  durationNs: number,
): Problem[] {
  const surges = valueAt(document, [...path, 'surges']);
  if (!isList(surges)) return [];
  return surges.flatMap((surge, i) => {
    const checked = check(surgeSchema, surge);
    if (!checked.ok) return [];
    const corners = surgeCorners(checked.value, clock);
    const [first, last] = [corners[0], corners.at(-1)];
    if (first === undefined || last === undefined) return [];
    const here = [...path, 'surges', i, 'at'];
    if (last.atNs <= 0)
      return [problem(here, 'before-start', 'the surge is over when the run starts')];
    if (first.atNs < durationNs) return [];
    const end = formatClock(clock, durationNs, { seconds: 'when-needed' });
    const message = `the surge begins after the end of the run (${end})${nextDay(String(entry(surge, 'at')), clock)}`;
    return [problem(here, 'beyond-end', message)];
  });
}

function nextDay(at: string, clock: Clock): string {
  const start = formatClock(clock, 0, { seconds: 'when-needed' });
  const [moment, first] = [parseMoment(at), parseMoment(start)];
  if (!moment.ok || moment.value.kind !== 'clock') return '';
  if (!first.ok || first.value.kind !== 'clock') return '';
  const isNext = moment.value.ofDayNs < first.value.ofDayNs;
  return isNext ? `; a clock time before its start (${start}) is the next day's` : '';
}
