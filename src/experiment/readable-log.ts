/** The event log as lines that a maintainer can read: clock, event, request, instance, reason. */
import { SECOND } from '../engine/time.ts';
import type { EventLog } from '../model/event-log.ts';
import { formatClock } from '../scenario/clock.ts';
import type { Scenario } from '../scenario/scenario.ts';

/** Passes on the first so many events. Equal instants stand in the order in which they happened. */
export function readableLog(
  scenario: Scenario,
  first: number,
  write: (line: string) => void,
): EventLog {
  let left = first;
  return ({ atNs, name, request, service, instance, detail }) => {
    if (left-- <= 0) return;
    const fraction = String(atNs % SECOND).padStart(9, '0');
    const where = instance < 0 ? service : `${service}/${String(instance)}`;
    const line = [
      `${formatClock(scenario, atNs)}.${fraction}`,
      name.padEnd(9),
      request === 0 ? '' : `request=${String(request)}`,
      where,
      detail,
    ];
    write(line.join(' ').trimEnd());
  };
}
