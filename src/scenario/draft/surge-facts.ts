/** Surges that were named with their peaks only → facts: when and how fast they come is assumed. */
import { formatDuration } from '../duration.ts';
import { MINUTE } from '../../engine/time.ts';
import type { AnsweredSurge } from './answers.ts';
import type { Fact } from './fact.ts';

/** Quiet before the first surge, and between two. */
const QUIET = 10 * MINUTE;
/** From one surge to the next: it has decayed by then. */
const APART = 30 * MINUTE;
const RISE = '1m';
const DECAY = { exponential: '5m' };

/** Facts of surges, one after another. `note`: from where their peaks are known. */
export function surgeFacts(surges: readonly AnsweredSurge[], note: string): Fact[] {
  if (surges.length === 0) return [];
  const written = surges.map(({ name, peak }, i) => ({
    name,
    peak,
    at: formatDuration(QUIET + i * APART),
    rise: RISE,
    decay: DECAY,
  }));
  const list: Fact = {
    path: ['traffic', 'surges'],
    value: written,
    grade: 'assumed',
    note: 'nobody said when they come and how fast they rise and decay',
  };
  const peaks = surges.map((_, i): Fact => ({
    path: ['traffic', 'surges', i, 'peak'],
    value: surges[i]?.peak,
    grade: 'stated',
    note,
  }));
  return [list, ...peaks];
}

/** How long a run is that shows all of them. */
export function durationWith(surges: readonly AnsweredSurge[]): string {
  return formatDuration(QUIET + Math.max(1, surges.length) * APART);
}
