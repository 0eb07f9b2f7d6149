// From a command line to a sweep whose every point is a sound scenario, or to all that is wrong.

import { setImmediate } from 'node:timers/promises';
import { expectedRequests } from '../../experiment/settings-history.ts';
import { gridSize, type Sets, setsAt, type Variation } from '../../experiment/sweep/grid.ts';
import type { SweepPlan } from '../../experiment/sweep/sweep.ts';
import { locate } from '../../scenario/document-path.ts';
import type { Fault } from '../../scenario/fault.ts';
import { isSame, startsWith, type Path } from '../../scenario/path.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { vary } from '../../scenario/vary.ts';
import { withoutSetsOf } from '../../scenario/without-sets.ts';
import { UserFault } from '../faults.ts';
import { readSubject, type Subject } from '../question/read.ts';
import { checkSweepOptions, type RawSweepOptions } from './options.ts';

export interface Planned extends Subject {
  readonly sweepOptions: ReturnType<typeof checkSweepOptions>;
  readonly plan: SweepPlan;
}

export async function planSweep(
  argument: string,
  raw: RawSweepOptions,
  signal: AbortSignal,
): Promise<Planned> {
  const faults: string[] = [];
  const sweepOptions = checkSweepOptions(raw, faults);
  const { variations, replications, withTimeline } = sweepOptions;
  const subject = await readSubject(argument, raw, signal, faults, (scenario, { sets }) =>
    pathFaults(scenario, variations, sets),
  );
  const paths = variations.map(({ path }) => path);
  const { scenario, leftOut } = withTimeline
    ? { scenario: subject.scenario, leftOut: [] }
    : withoutSetsOf(subject.scenario, paths);
  const requests = await checkPoints(scenario, variations, signal);
  const { seed } = subject;
  const plan = { scenario, leftOut, variations, seed, replications, requests };
  return { ...subject, sweepOptions, plan };
}

/** Paths that lead nowhere, or to what something else of the command line changes too. */
function pathFaults(
  { document }: Scenario,
  variations: readonly Variation[],
  sets: readonly { readonly path: string }[],
): string[] {
  const taken: { readonly label: string; readonly place: Path }[] = sets.flatMap(({ path }) => {
    const place = locate(document, path);
    return place.ok ? [{ label: `--set ${path}`, place: place.value }] : [];
  });
  return variations.flatMap(({ path }) => {
    const label = `--vary ${path}`;
    if (path === 'seed') {
      return [`${label}: a seed is no setting; --replications runs each point with several`];
    }
    const place = locate(document, path);
    if (!place.ok) return [`${label}: ${place.message}`];
    const twin = taken.find((other) => overlaps(other.place, place.value));
    taken.push({ label, place: place.value });
    if (twin === undefined) return [];
    const same = isSame(twin.place, place.value) ? 'the same as' : 'a part of what';
    return [
      `${label}: changes ${same} ${twin.label}${same === 'the same as' ? '' : ' changes'}; keep one`,
    ];
  });
}

function overlaps(a: Path, b: Path): boolean {
  return startsWith(a, b) || startsWith(b, a);
}

/** Expected requests of each point. @throws UserFault with what is wrong with any of them */
async function checkPoints(
  scenario: Scenario,
  variations: readonly Variation[],
  signal: AbortSignal,
): Promise<number[]> {
  const requests: number[] = [];
  const faults = new PointFaults();
  const points = gridSize(variations);
  let breathedAtMs = performance.now();
  for (let point = 0; point < points; point++) {
    const sets = setsAt(variations, point);
    const varied = vary(scenario, sets);
    if (varied.ok) requests.push(expectedRequests(varied.scenario));
    else faults.add(sets, varied.faults);
    if (performance.now() - breathedAtMs < 50) continue;
    await setImmediate();
    signal.throwIfAborted();
    breathedAtMs = performance.now();
  }
  const lines = faults.lines(points);
  if (lines.length > 0) throw new UserFault([], lines);
  return requests;
}

/** What is wrong with points: each mistake once, with the values that bring it. */
class PointFaults {
  readonly #seen = new Map<string, { points: number; common: Sets }>();

  add(sets: Sets, faults: readonly Fault[]): void {
    for (const { path, message } of faults) {
      const text = `${path}: ${message}`;
      const before = this.#seen.get(text);
      const common = Object.entries(before?.common ?? sets).filter(([p, v]) => sets[p] === v);
      this.#seen.set(text, {
        points: (before?.points ?? 0) + 1,
        common: Object.fromEntries(common),
      });
    }
  }

  lines(points: number): string[] {
    return [...this.#seen].map(([text, { points: wrong, common }]) => {
      const values = Object.entries(common).map(([path, value]) => {
        return `${path}=${typeof value === 'string' ? value : JSON.stringify(value)}`;
      });
      const label = values.length === 0 ? '--vary' : `--vary ${values.join(', ')}`;
      const size = wrong === points ? 'every point' : `${wrong} of ${points} points`;
      return `${label}: ${text} (${size})`;
    });
  }
}
