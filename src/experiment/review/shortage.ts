/** Too many connections for what admits them: how many too many, who goes without, what would fit. */
import type { ReviewService } from './facts.ts';
import { mostOf, perCopy } from './connections.ts';
import { counted, sizeName } from './pool-words.ts';

export interface Shortage {
  /** Copies of the service, and what each can open. */
  readonly pods: number;
  readonly perPod: number;
  /** Connections of other services. */
  readonly besides: number;
  readonly needed: number;
  readonly free: number;
  /** Of the needed ones, those that are refused. */
  readonly refused: number;
  /** Copies that cannot fill their pools, and of those the ones that get no connection at all. */
  readonly shortPods: number;
  readonly emptyPods: number;
  /** The largest pool with which everything fits; 0: none. */
  readonly largestPool: number;
}

/** Null when everything fits, or there is nothing of the service that could go without. */
export function shortageOf(
  service: ReviewService,
  { pods, besides, free }: { pods: number; besides: number; free: number },
): Shortage | null {
  const perPod = perCopy(service);
  const needed = besides + pods * perPod;
  if (needed <= free || pods === 0) return null;
  const left = Math.max(0, free - besides);
  const shares = service.pools.length * (service.processes?.value ?? 1);
  return {
    pods,
    perPod,
    besides,
    needed,
    free,
    refused: needed - free,
    shortPods: pods - Math.min(pods, Math.floor(left / perPod)),
    emptyPods: Math.max(0, pods - Math.ceil(left / perPod)),
    largestPool: Math.floor(left / (pods * shares)),
  };
}

/** `10 pods × 10 = 100 connections`, `8 pods × 4 processes × 5 = 160 connections`. */
export function neededWords(service: ReviewService, shortage: Shortage): string {
  const { pods, besides, needed } = shortage;
  const sizes = service.pools.map(mostOf);
  const size = sizes.length === 1 ? String(sizes[0]) : `(${sizes.join(' + ')})`;
  const processes = service.processes?.value ?? 1;
  const each = processes === 1 ? size : `${processes} processes × ${size}`;
  const rest = besides === 0 ? '' : ` + ${besides} of other services`;
  return `${counted(pods, 'pod')} × ${each}${rest} = ${counted(needed, 'connection')}`;
}

/** Who goes without: `3 are refused, and 1 pod cannot fill its pool`. */
export function refusedWords({ refused, shortPods, emptyPods }: Shortage): string {
  const are = refused === 1 ? '1 is' : `${refused} are`;
  const short = `${counted(shortPods, 'pod')} cannot fill ${shortPods === 1 ? 'its pool' : 'their pools'}`;
  if (emptyPods === 0) return `${are} refused, and ${short}.`;
  return `${are} refused: ${short}, and ${emptyPods} of them cannot start, with none at all.`;
}

/** What the pools would have to be: `maximumPoolSize 9 at most (10 × 9 = 90)`. */
export function largestWords(service: ReviewService, { pods, largestPool }: Shortage): string {
  const [pool] = service.pools;
  if (pool === undefined || largestPool < 1) return 'fewer pods, as no pool is small enough';
  const count = pods * service.pools.length * (service.processes?.value ?? 1);
  const each = service.pools.length > 1 ? ' in each pool' : '';
  return `${sizeName(pool.profile)} ${largestPool} at most${each} (${count} × ${largestPool} = ${count * largestPool})`;
}

export function shortageFigures(shortage: Shortage): Record<string, number> {
  const { pods, perPod, needed, free, refused, shortPods, emptyPods, largestPool } = shortage;
  return { pods, perPod, needed, free, refused, shortPods, emptyPods, largestPool };
}
