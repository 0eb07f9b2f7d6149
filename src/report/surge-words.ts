/** A rate that was written as surges, stages or stairs, in the words in which it was written. */
import { formatDuration, parseDuration } from '../scenario/duration.ts';
import { entry, isList, isMap } from '../scenario/path.ts';
import { parseRate } from '../scenario/rate.ts';
import { amount, count, counted } from './words.ts';

/** Surges beyond these are only counted. */
const MOST_SURGES = 4;

/**
 * `with surges: lunch (to 800 at 12:15), flash sale (to 1,800 at 18:00)`, `in 3 stages of 8m in all`.
 * @param traffic as the document has it; null: it was written otherwise
 * @param levels how many constant rates there are
 */
export function surgeWords(traffic: unknown, levels: number): string | null {
  const surges = entry(traffic, 'surges');
  if (isList(surges) && surges.length > 0) return withSurges(surges);
  const stages = entry(traffic, 'stages');
  if (isList(stages)) return inStages(stages);
  const stairs = entry(traffic, 'stairs');
  if (!isMap(stairs)) return null;
  return `in ${counted(levels, 'level')} of ${String(stairs['each'])}`;
}

function withSurges(surges: readonly unknown[]): string {
  const shown = surges.slice(0, MOST_SURGES).map((surge) => {
    const name = entry(surge, 'name');
    const reading = parseRate(entry(surge, 'peak'));
    const to = `to ${reading.ok ? amount(reading.value) : ''} at ${String(entry(surge, 'at'))}`;
    return typeof name === 'string' || typeof name === 'number' ? `${name} (${to})` : to;
  });
  const rest = surges.length - shown.length;
  const all = [...shown, ...(rest > 0 ? [`${count(rest)} more`] : [])].join(', ');
  return `with ${surges.length === 1 ? 'a surge' : 'surges'}: ${all}`;
}

function inStages(stages: readonly unknown[]): string {
  const lengths = stages.map((stage) => parseDuration(entry(stage, 'duration')));
  const all = lengths.reduce((sum, length) => sum + (length.ok ? length.value : 0), 0);
  const inAll = stages.length === 1 ? '' : ' in all';
  return `in ${counted(stages.length, 'stage')} of ${formatDuration(all)}${inAll}`;
}
