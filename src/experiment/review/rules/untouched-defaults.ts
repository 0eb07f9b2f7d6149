/** Settings left to the product although a surge is known to come, and what the size then allows. */
import { formatDuration } from '../../../scenario/duration.ts';
import { settingFor } from '../../../scenario/profiles.ts';
import { eachPool } from '../each-pool.ts';
import type { ReviewPool, ReviewService } from '../facts.ts';
import { FINE, found, lacking, type Judgement, type Rule } from '../finding.ts';
import { placeOfSize, sizeName, sizeSettings } from '../pool-words.ts';

export const untouchedDefaults: Rule = {
  name: 'untouched-defaults',
  asks: 'whether defaults are left as they are under a surge',
  judge: (facts) =>
    eachPool(facts, (pool, service) => (service === null ? FINE : judgePool(pool, service))),
};

function judgePool(pool: ReviewPool, service: ReviewService): Judgement {
  const { surgePerSecond } = service;
  if (surgePerSecond === undefined) return lacking('--surge');
  const left = leftAlone(pool);
  const [first] = left;
  if (first === undefined || pool.settings.max === Infinity) return FINE;
  const perSecond = surgePerSecond.value;
  const hold = first.isSize ? longestHold(pool, service, perSecond) : null;
  const are = left.length === 1 ? 'is' : 'are';
  const names = left.map(({ name, value }) => `${name} (${value})`).join(' and ');
  return found({
    weight: first.isSize ? 'hurts' : 'note',
    place: placeOfSize(pool),
    says: `${names} ${are} left to ${pool.profile.product}'s default although ${perSecond} requests/s are to come${hold?.words ?? ''}.`,
    mend: first.isSize
      ? `Choose ${first.name} for that surge; tidemark size says how, from a scenario.`
      : `Choose ${first.name} for that surge: who waits longer than the callers do waits for nobody.`,
    figures: { surgePerSecond: perSecond, ...(hold === null ? {} : { holdMs: hold.ms }) },
  });
}

interface LeftAlone {
  readonly name: string;
  readonly value: string;
  readonly isSize: boolean;
}

/** The size first. That there is no acquire timeout at all is said by another rule. */
function leftAlone({ profile, settings, written }: ReviewPool): LeftAlone[] {
  const { max, acquireTimeoutNs } = settings;
  const isSizeSet = sizeSettings(profile).some(({ name }) => written.has(name));
  const timeout = settingFor(profile, 'acquireTimeoutNs');
  const isTimeoutSet = timeout === undefined || written.has(timeout.name);
  const waits = formatDuration(acquireTimeoutNs);
  return [
    ...(isSizeSet ? [] : [{ name: sizeName(profile), value: String(max), isSize: true }]),
    ...(isTimeoutSet || acquireTimeoutNs === Infinity
      ? []
      : [{ name: timeout.name, value: waits, isSize: false }]),
  ];
}

/** How long a connection may be out on average: all of them ÷ the rate (Little's law). */
function longestHold(
  { settings }: ReviewPool,
  { replicas, processes }: ReviewService,
  perSecond: number,
): { readonly ms: number; readonly words: string } | null {
  const all = settings.max * (replicas?.value ?? 0) * (processes?.value ?? 1);
  if (all === 0) return null;
  const ms = (all / perSecond) * 1000;
  const words = `: with ${all} connections each may be out for ${Number(ms.toPrecision(3))} ms on average, and no longer`;
  return { ms: Number(ms.toPrecision(6)), words };
}
