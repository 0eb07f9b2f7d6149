/** Instants of a result, which are ISO 8601 in UTC, as ns after the start of the run. */
import { MILLISECOND } from '../../engine/time.ts';
import { parseInstant } from '../../scenario/calendar.ts';
import type { Scenario } from '../../scenario/scenario.ts';

export function instantNs({ startMs }: Scenario, iso: string): number {
  const instant = parseInstant(iso);
  if (!instant.ok) throw new Error(`bug: no instant: ${iso}`);
  return (instant.value.ms - startMs) * MILLISECOND;
}
