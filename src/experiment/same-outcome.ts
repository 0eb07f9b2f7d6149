/** Whether other settings can change who is served, so that nothing needs to be simulated to know it. */
import type { SystemSettings } from '../model/settings.ts';

/** Connections that the database had in a run. */
export interface Connections {
  readonly peak: number;
  readonly refused: number;
}

/** What the database's admission goes by: it matters only to those whom it refuses. */
const ADMISSION = ['maxConnections', 'reservedConnections', 'otherConnections'];
/** What only the use of the processor is counted by, unless queries share its cores. */
const PROCESSOR = ['cores', 'cpu'];

/**
 * Whether a run under `other` must serve every request as one under `settings` did: when they differ in
 * nothing but limits that nobody came to, and in what is counted and not waited for.
 * @param connections of the run under `settings`
 */
export function isSameOutcome(
  settings: SystemSettings,
  other: SystemSettings,
  connections: Connections,
): boolean {
  const { kind } = settings.database.contention;
  const { maxConnections, reservedConnections, otherConnections } = other.database;
  const limit = maxConnections - reservedConnections - otherConnections;
  const isRoomy = connections.refused === 0 && connections.peak <= limit;
  const ignored = [...(isRoomy ? ADMISSION : []), ...(kind === 'cores' ? [] : PROCESSOR)];
  const text = (value: SystemSettings) =>
    JSON.stringify(value, (key, part: unknown) => (ignored.includes(key) ? null : part));
  return text(settings) === text(other);
}
