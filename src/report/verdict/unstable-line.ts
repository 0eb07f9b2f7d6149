/** The verdict's line about a run that ends in a queue without end. */
import type { RunResult } from '../../experiment/result.ts';
import { times } from '../words.ts';

/** The wordings of the line, the most complete one first; none for a stable run. */
export function unstableWordings({ steady }: RunResult): string[] {
  if (steady === null || !('unstable' in steady)) return [];
  const capacity = steady.atEnd === true ? 'capacity at the end' : 'capacity';
  const load = `Load ${times(steady.offeredLoad)} ${capacity}, nothing bounds the queue`;
  return [`${load}: the wait grows without end.`, `${load}.`];
}
