/** What one would see, and what one sees, in a few words each. */
import type { Evidence, Filling } from '../../experiment/diagnose/evidence.ts';
import type { Judgement, SignName } from '../../experiment/diagnose/signs.ts';
import { amount, milliseconds, NOTHING, orNothing, times, wholePercent } from '../words.ts';

interface SignWords {
  /** `all connections in use` */
  readonly expected: string;
  /** `10 of 10` */
  readonly seen: (evidence: Evidence) => string;
}

const used = ({ active, max }: Evidence) => ofSo(active, max);
const waiting = ({ pending, waitP99Ms }: Evidence) => {
  const wait = waitP99Ms === null ? [] : [`p99 ${milliseconds(waitP99Ms)}`];
  return some([...(pending === null ? [] : [amount(pending)]), ...wait]);
};
const cpu = ({ databaseCpu }: Evidence) => orNothing(databaseCpu, wholePercent);
const longer = ({ useP50Ms, useUsualMs }: Evidence) => fromSo(useP50Ms, useUsualMs);
const least = ({ leastActive, active }: Evidence) => {
  if (leastActive === null || active === null) return NOTHING;
  return `${amount(leastActive)} against ${amount(active)}`;
};
const running = ({ running: n, active }: Evidence) => ofSo(n, active);
const opening = ({ opening: n, active }: Evidence) => {
  return n === null || active === null ? NOTHING : `${amount(n)} to ${amount(active)} in use`;
};

export const signWords: Readonly<Record<SignName, SignWords>> = {
  'all-in-use': { expected: 'all connections in use', seen: used },
  'connections-free': { expected: 'connections free', seen: used },
  'requests-wait': { expected: 'requests wait for one', seen: waiting },
  'nobody-waits': { expected: 'nobody waits for one', seen: waiting },
  'cpu-busy': { expected: 'database CPU 90 % or more', seen: cpu },
  'cpu-to-spare': { expected: 'database CPU to spare', seen: cpu },
  'use-longer': { expected: 'use twice as long as usual', seen: longer },
  'use-as-usual': { expected: 'use about as usual', seen: longer },
  'use-longer-since-deployment': {
    expected: 'use twice as long since then',
    seen: ({ useP50Ms, useBeforeDeployMs }) => fromSo(useP50Ms, useBeforeDeployMs),
  },
  'use-is-network': {
    expected: 'round trip a large part of it',
    seen: ({ roundTripMs, useP50Ms }) => partSo(roundTripMs, useP50Ms),
  },
  'use-is-work': {
    expected: 'round trip a small part of it',
    seen: ({ roundTripMs, useP50Ms }) => partSo(roundTripMs, useP50Ms),
  },
  'others-idle': { expected: 'other instances half idle', seen: least },
  'all-alike': { expected: 'all instances alike', seen: least },
  'held-idle': { expected: 'most in use run no query', seen: running },
  'queries-run': { expected: 'those in use run queries', seen: running },
  'slots-taken': { expected: 'max_connections reached', seen: ({ slots }) => filling(slots) },
  'threads-busy': { expected: 'all threads busy', seen: ({ threads }) => filling(threads) },
  'many-opening': { expected: 'many connections being opened', seen: opening },
  'few-opening': { expected: 'few connections being opened', seen: opening },
  'opening-in-the-way': {
    expected: 'requests wait for an opening',
    seen: (evidence) => {
      const { connectMs, useP50Ms } = evidence;
      if (connectMs === null || useP50Ms === null) return used(evidence);
      return `${milliseconds(connectMs)}, a use ${milliseconds(useP50Ms)}`;
    },
  },
};

export const judgementWords: Readonly<Record<Judgement, string>> = {
  fits: 'fits',
  partly: 'partly',
  'does-not-fit': 'does not fit',
  'not-said': 'not said',
};

function ofSo(part: number | null, whole: number | null): string {
  return part === null || whole === null ? NOTHING : `${amount(part)} of ${amount(whole)}`;
}

function filling(value: Filling | null): string {
  return value === null ? NOTHING : ofSo(value.used, value.of);
}

/** `58 ms, 1.6 times` */
function fromSo(now: number | null, usual: number | null): string {
  if (now === null) return NOTHING;
  if (usual === null || usual === 0) return `${milliseconds(now)}, against –`;
  return `${milliseconds(now)}, ${times(now / usual)}`;
}

/** `2.0 ms of 58 ms` */
function partSo(part: number | null, whole: number | null): string {
  if (part === null || whole === null) return NOTHING;
  return `${milliseconds(part)} of ${milliseconds(whole)}`;
}

function some(parts: readonly string[]): string {
  return parts.length === 0 ? NOTHING : parts.join(', ');
}
