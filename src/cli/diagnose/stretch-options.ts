// --from and --to of a diagnosis.

import { SECOND } from '../../engine/time.ts';
import { formatClock, type Moment, momentNs, parseMoment } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';

interface Moments {
  readonly from: Written | null;
  readonly to: Written | null;
}

interface Written {
  readonly text: string;
  readonly moment: Moment;
}

/** Shorter than this there is nothing to see. */
const shortest = SECOND;

export function checkMoments(
  { from, to }: { readonly from?: string; readonly to?: string },
  faults: string[],
): Moments {
  return { from: checkMoment('--from', from, faults), to: checkMoment('--to', to, faults) };
}

function checkMoment(name: string, text: string | undefined, faults: string[]): Written | null {
  if (text === undefined) return null;
  const moment = parseMoment(text);
  if (moment.ok) return { text, moment: moment.value };
  const said = moment.message.startsWith(`${text}:`) ? '' : ': ';
  faults.push(said === '' ? `${name} ${moment.message}` : `${name}: ${moment.message}`);
  return null;
}

/** The stretch in ns after the start; null where it is not said. */
export function stretchWithin(
  scenario: Scenario,
  { from, to }: Moments,
  faults: string[],
): { readonly fromNs: number | null; readonly toNs: number | null } {
  const { durationNs } = scenario;
  const fromNs = instantOf(scenario, '--from', from, durationNs - shortest, faults);
  const toNs = instantOf(scenario, '--to', to, durationNs, faults);
  if (to !== null && toNs !== null && toNs < (fromNs ?? 0) + shortest) {
    const begin = from === null ? 'the start of the run' : `--from ${from.text}`;
    faults.push(`--to ${to.text}: must be at least a second after ${begin}`);
  }
  return { fromNs, toNs };
}

/** null where it is not said, or not inside the run. */
function instantOf(
  scenario: Scenario,
  name: string,
  written: Written | null,
  latestNs: number,
  faults: string[],
): number | null {
  if (written === null) return null;
  const ns = momentNs(scenario, written.moment);
  if (ns <= latestNs) return ns;
  const clock = (at: number) => formatClock(scenario, at, { seconds: 'when-needed' });
  const run = `the run is from ${clock(0)} to ${clock(scenario.durationNs)}`;
  faults.push(`${name} ${written.text}: is not inside the run; ${run}`);
  return null;
}
