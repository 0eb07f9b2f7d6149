/** Signs: what one would see if a cause were the right one, and whether the figures show it. */
import type { Evidence, EvidenceKey } from './evidence.ts';

/** `partly`: neither clearly seen nor clearly absent; `not-said`: the figures for it are missing. */
export type Judgement = 'fits' | 'partly' | 'does-not-fit' | 'not-said';

export interface Sign {
  /** Figures that decide it. */
  readonly needs: readonly EvidenceKey[];
  readonly judge: (evidence: Evidence) => Judgement;
}

export type SignName = keyof typeof signs;

/** Almost all, of connections, slots and threads. */
const NEARLY_ALL = 0.95;
/** Processors busier than this have nothing left at the peaks that a mean hides. */
const CPU_BUSY = 0.9;
/** Below this they are not what holds anybody up. */
const CPU_FREE = 0.7;
/** A use this many times as long as usual is another query, not a busier database. */
const LONGER = 2;
/** Below this it is as usual. */
const AS_USUAL = 1.25;
/** The network is what a use consists of from the larger share on, and no part of it below the smaller. */
const NETWORK = { much: 0.4, little: 0.1 };
/** The emptiest instance has so much of what the fullest one has: half is uneven, nearly all is even. */
const EVEN = { much: 0.8, little: 0.5 };
/** Of the connections in use the database works on: nearly all, or so few that something else keeps them. */
const RUNNING = { much: 0.8, little: 0.5 };
/** Connections being opened, as a share of those in use. */
const OPENING = { much: 0.5, little: 0.1 };

export const signs = {
  'all-in-use': {
    needs: ['active', 'max'],
    judge: ({ active, max }) => high(ratio(active, max), { much: 1, little: NEARLY_ALL }),
  },
  'connections-free': {
    needs: ['active', 'max'],
    judge: ({ active, max }) => low(ratio(active, max), { much: 1, little: NEARLY_ALL }),
  },
  'requests-wait': { needs: ['pending', 'waitP99Ms'], judge: isWaiting },
  'nobody-waits': {
    needs: ['pending', 'waitP99Ms'],
    judge: (evidence) => opposite(isWaiting(evidence)),
  },
  'cpu-busy': {
    needs: ['databaseCpu'],
    judge: ({ databaseCpu }) => high(databaseCpu, { much: CPU_BUSY, little: CPU_FREE }),
  },
  'cpu-to-spare': {
    needs: ['databaseCpu'],
    judge: ({ databaseCpu }) => low(databaseCpu, { much: CPU_BUSY, little: CPU_FREE }),
  },
  'use-longer': {
    needs: ['useP50Ms', 'useUsualMs'],
    judge: ({ useP50Ms, useUsualMs }) =>
      high(ratio(useP50Ms, useUsualMs), { much: LONGER, little: AS_USUAL }),
  },
  'use-as-usual': {
    needs: ['useP50Ms', 'useUsualMs'],
    judge: ({ useP50Ms, useUsualMs }) =>
      low(ratio(useP50Ms, useUsualMs), { much: LONGER, little: AS_USUAL }),
  },
  'use-longer-since-deployment': {
    needs: ['useP50Ms', 'useBeforeDeployMs'],
    judge: ({ useP50Ms, useBeforeDeployMs }) =>
      high(ratio(useP50Ms, useBeforeDeployMs), { much: LONGER, little: AS_USUAL }),
  },
  'use-is-network': {
    needs: ['roundTripMs', 'useP50Ms'],
    judge: ({ roundTripMs, useP50Ms }) => high(ratio(roundTripMs, useP50Ms), NETWORK),
  },
  'use-is-work': {
    needs: ['roundTripMs', 'useP50Ms'],
    judge: ({ roundTripMs, useP50Ms }) => low(ratio(roundTripMs, useP50Ms), NETWORK),
  },
  'others-idle': {
    needs: ['leastActive', 'active'],
    judge: ({ leastActive, active }) => low(ratio(leastActive, active), EVEN),
  },
  'all-alike': {
    needs: ['leastActive', 'active'],
    judge: ({ leastActive, active }) => high(ratio(leastActive, active), EVEN),
  },
  'held-idle': {
    needs: ['running', 'active'],
    judge: ({ running, active }) => low(ratio(running, active), RUNNING),
  },
  'queries-run': {
    needs: ['running', 'active'],
    judge: ({ running, active }) => high(ratio(running, active), RUNNING),
  },
  'slots-taken': {
    needs: ['slots'],
    judge: ({ slots }) => high(ratioOf(slots), { much: NEARLY_ALL, little: 0.9 }),
  },
  'threads-busy': {
    needs: ['threads'],
    judge: ({ threads }) => high(ratioOf(threads), { much: 1, little: NEARLY_ALL }),
  },
  'many-opening': {
    needs: ['opening', 'active'],
    judge: ({ opening, active }) => high(ratio(opening, active), OPENING),
  },
  'few-opening': {
    needs: ['opening', 'active'],
    judge: ({ opening, active }) => low(ratio(opening, active), OPENING),
  },
  'opening-in-the-way': { needs: ['active', 'max', 'connectMs', 'useP50Ms'], judge: isInTheWay },
} satisfies Record<string, Sign>;

/** A value between two marks is partly both. */
interface Marks {
  readonly much: number;
  readonly little: number;
}

function high(value: number | null, { much, little }: Marks): Judgement {
  if (value === null) return 'not-said';
  if (value >= much) return 'fits';
  return value > little ? 'partly' : 'does-not-fit';
}

function low(value: number | null, marks: Marks): Judgement {
  return opposite(high(value, marks));
}

function opposite(judgement: Judgement): Judgement {
  if (judgement === 'fits') return 'does-not-fit';
  return judgement === 'does-not-fit' ? 'fits' : judgement;
}

/** Nothing of nothing is no share. */
function ratio(part: number | null, whole: number | null): number | null {
  if (part === null || whole === null) return null;
  if (whole > 0) return part / whole;
  return part > 0 ? Infinity : null;
}

function ratioOf(filling: Evidence['slots']): number | null {
  return filling === null ? null : ratio(filling.used, filling.of);
}

/** A request in a hundred waits longer than half of them use their connection: they wait in numbers. */
function isWaiting({ pending, waitP99Ms, useP50Ms }: Evidence): Judgement {
  if (pending !== null) return pending > 0 ? 'fits' : 'does-not-fit';
  if (waitP99Ms === 0) return 'does-not-fit';
  return high(ratio(waitP99Ms, useP50Ms), { much: 1, little: 0.1 });
}

/**
 * Opening holds requests up when they wait for a connection that is not there yet, and when it is part of
 * their use: where all are in use, and most uses are shorter than an opening, most had nothing to open.
 */
function isInTheWay({ active, max, opening, connectMs, useP50Ms }: Evidence): Judgement {
  if (high(ratio(opening, active), OPENING) === 'fits') return 'fits';
  const used = ratio(active, max);
  if (used === null) return 'not-said';
  if (used < NEARLY_ALL) return 'fits';
  const share = ratio(connectMs, useP50Ms);
  if (share === null) return 'not-said';
  return share > 1 ? 'does-not-fit' : 'partly';
}
