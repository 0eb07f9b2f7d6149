/** What to say to somebody who changes a setting of a pooler where there is none. */
import { startsWith, valueAt, type Path } from './path.ts';

/** Where the pooler stands in a document. */
export const POOLER: Path = ['database', 'pooler'];

export const noPooler =
  'no pooler stands in front of the database; write database: { pooler: { pool: { profile: pgbouncer, … } } }';

/** Whether a change leads into a pooler of which something that it must have is missing. */
export function needsPooler(change: Path, missing: Path): boolean {
  const parts = ['pool', 'profile'];
  const isPart = startsWith([...POOLER, ...parts], missing) && startsWith(missing, POOLER);
  return isPart && startsWith(change, POOLER) && change.length > POOLER.length;
}

/** Whether a change leads into a pooler that is not there, other than to bring its profile. */
export function isWithoutPooler(document: unknown, change: Path): boolean {
  if (!startsWith(change, POOLER) || change.length === POOLER.length) return false;
  return valueAt(document, POOLER) === undefined && change.at(-1) !== 'profile';
}
