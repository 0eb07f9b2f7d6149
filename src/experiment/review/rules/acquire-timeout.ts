/** How long a request waits for a connection, against how long its caller waits for the answer. */
import { MILLISECOND } from '../../../engine/time.ts';
import { formatDuration } from '../../../scenario/duration.ts';
import { settingFor } from '../../../scenario/profiles.ts';
import { eachPool } from '../each-pool.ts';
import type { Known, ReviewFacts, ReviewPool, ReviewService } from '../facts.ts';
import { FINE, found, lacking, type Judgement, type Rule } from '../finding.ts';
import { placeOfSetting, settingWords } from '../pool-words.ts';

export const acquireTimeout: Rule = {
  name: 'acquire-timeout',
  asks: 'whether requests wait longer than their callers',
  judge: (facts) => eachPool(facts, (pool, service) => judgePool(facts, pool, service)),
};

function judgePool(facts: ReviewFacts, pool: ReviewPool, service: ReviewService | null): Judgement {
  const { acquireTimeoutNs } = pool.settings;
  const setting = settingFor(pool.profile, 'acquireTimeoutNs');
  if (acquireTimeoutNs === Infinity || setting === undefined) return FINE;
  const caller = service === null ? mostPatient(facts) : service.callerTimeoutNs;
  if (caller === undefined) return lacking('--caller-timeout');
  if (acquireTimeoutNs < caller.value) return FINE;
  const [waits, leaves] = [acquireTimeoutNs, caller.value].map(formatDuration);
  const byDefault = pool.written.has(setting.name) ? '' : `, ${pool.profile.product}'s default`;
  const late =
    acquireTimeoutNs === caller.value
      ? 'who gets a connection last has no time left to use it'
      : `for the last ${formatDuration(acquireTimeoutNs - caller.value)} nobody waits for the answer, and the work is done all the same`;
  return found({
    weight: 'hurts',
    place: placeOfSetting(pool, setting.name),
    says: `A request waits up to ${waits} for a connection (${setting.name}${byDefault}), and its caller leaves after ${leaves}: ${late}.`,
    mend: `${settingWords(setting, caller.value)} is too long already: set it so far below that the request's own work still fits.`,
    figures: {
      acquireTimeoutMs: acquireTimeoutNs / MILLISECOND,
      callerTimeoutMs: caller.value / MILLISECOND,
    },
  });
}

/** A pooler serves all; what is too long for the most patient of callers is so for everybody. */
function mostPatient({ services }: ReviewFacts): Known<number> | undefined {
  const known = services.flatMap(({ callerTimeoutNs }) => callerTimeoutNs ?? []);
  return [...known].sort((a, b) => b.value - a.value)[0];
}
