/** How long it takes to open connections, against how long anybody waits for one. */
import { MILLISECOND } from '../../../engine/time.ts';
import { formatDuration } from '../../../scenario/duration.ts';
import { eachPool } from '../each-pool.ts';
import type { ReviewPool } from '../facts.ts';
import { FINE, found, lacking, type Finding, type Rule } from '../finding.ts';
import { nameFor, placeOfSetting } from '../pool-words.ts';

export const slowOpening: Rule = {
  name: 'slow-opening',
  asks: 'whether connections open in time',
  judge: (facts) =>
    eachPool(facts, (pool, service) => {
      // Between a service and a pooler it is not the database that is connected to.
      if (service !== null && facts.poolers.length > 0) return FINE;
      if (facts.connectNs === undefined) return lacking('--connect');
      const finding = judgePool(pool, facts.connectNs.value);
      return finding === null ? FINE : found(finding);
    }),
};

function judgePool(pool: ReviewPool, connectNs: number): Finding | null {
  return givenUp(pool, connectNs) ?? tooLate(pool, connectNs) ?? oneByOne(pool, connectNs);
}

function givenUp(pool: ReviewPool, connectNs: number): Finding | null {
  const { connectTimeoutNs } = pool.settings;
  if (connectNs < connectTimeoutNs) return null;
  const name =
    nameFor(pool.profile, 'connectTimeoutNs') ?? nameFor(pool.profile, 'acquireTimeoutNs');
  return {
    weight: 'breaks',
    place: placeOfSetting(pool, name),
    says: `Opening a connection takes ${formatDuration(connectNs)} and is given up after ${formatDuration(connectTimeoutNs)}${name === null ? '' : ` (${name})`}: half of all attempts and more fail.`,
    mend: `${name ?? 'The time to connect'} at several times ${formatDuration(connectNs)}.`,
    figures: { connectMs: connectNs / MILLISECOND, timeoutMs: connectTimeoutNs / MILLISECOND },
  };
}

function tooLate(pool: ReviewPool, connectNs: number): Finding | null {
  const { acquireTimeoutNs, policy } = pool.settings;
  if (policy.timeoutCovers !== 'everything' || connectNs < acquireTimeoutNs) return null;
  const name = nameFor(pool.profile, 'acquireTimeoutNs');
  return {
    weight: 'hurts',
    place: placeOfSetting(pool, name),
    says: `Opening a connection takes ${formatDuration(connectNs)}, and who waits for it is turned away after ${formatDuration(acquireTimeoutNs)}${name === null ? '' : ` (${name})`}: whenever the pool must grow requests fail.`,
    mend: `${name ?? 'The acquire timeout'} above ${formatDuration(connectNs)}, or connections that are open before they are needed.`,
    figures: { connectMs: connectNs / MILLISECOND, timeoutMs: acquireTimeoutNs / MILLISECOND },
  };
}

/** Of a cold pool: the last of its connections is there when all before it are. */
function oneByOne(pool: ReviewPool, connectNs: number): Finding | null {
  const { acquireTimeoutNs, max, policy } = pool.settings;
  const { openingsAtOnce, openingPauseNs } = policy;
  if (openingsAtOnce === Infinity || max === Infinity || acquireTimeoutNs === Infinity) return null;
  const turns = Math.ceil(max / openingsAtOnce);
  const wholeNs = turns * connectNs + (turns - 1) * openingPauseNs;
  if (wholeNs < acquireTimeoutNs) return null;
  const name = nameFor(pool.profile, 'acquireTimeoutNs');
  const pause = openingPauseNs === 0 ? '' : ` and ${formatDuration(openingPauseNs)} between two`;
  return {
    weight: 'hurts',
    place: placeOfSetting(pool, name),
    says: `${pool.profile.product} opens ${openingsAtOnce === 1 ? 'one connection' : `${openingsAtOnce} connections`} at a time, ${formatDuration(connectNs)} each${pause}: a cold pool of ${max} is full after ${formatDuration(wholeNs)}, and who waits is turned away after ${formatDuration(acquireTimeoutNs)}${name === null ? '' : ` (${name})`}.`,
    mend: 'Open the pool before the pod takes requests, keep it full when it is idle, or make connecting faster.',
    figures: {
      connectMs: connectNs / MILLISECOND,
      fullAfterMs: wholeNs / MILLISECOND,
      timeoutMs: acquireTimeoutNs / MILLISECOND,
      max,
    },
  };
}
