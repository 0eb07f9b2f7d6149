/** Levels of a pool: time-weighted means over a window, by instance. */
import type { Service } from '../model/service/service.ts';

export interface Levels {
  /** Connections that are open, that are being opened, and that there may be. */
  readonly open: number;
  readonly opening: number;
  readonly max: number;
  /** Of the open ones, those that a request has. */
  readonly used: number;
  /** Requests without a connection: those that wait, and those that open one for themselves. */
  readonly waiting: number;
  /** Connections that no request will give back. */
  readonly lost: number;
}

export const NO_LEVELS: Levels = { open: 0, opening: 0, max: 0, used: 0, waiting: 0, lost: 0 };

/** With more of its connections open than this, a pool is nearly full. */
export const NEARLY_FULL = 0.9;
/** With fewer than this, hardly any is open. */
const HARDLY_ANY = 0.1;
/** What is lost of a mean by dividing. */
const ROUNDING = 1e-9;

/** Connections are being opened, and there is room for more. */
export function isGrowing({ opening, open, max }: Levels): boolean {
  return opening > 0 && open < NEARLY_FULL * max;
}

/** The first connections are being opened. */
export function isEmpty({ opening, open, max }: Levels): boolean {
  return opening > 0 && open < HARDLY_ANY * max;
}

/** Some of its connections are lost. */
export function isLeaking({ lost }: Levels): boolean {
  return lost > 0;
}

/** All of its connections are lost, and were for the whole time. */
export function isDrained({ lost, max }: Levels): boolean {
  return max > 0 && lost > max - ROUNDING;
}

export function addLevels(a: Levels, b: Levels): Levels {
  return {
    open: a.open + b.open,
    opening: a.opening + b.opening,
    max: a.max + b.max,
    used: a.used + b.used,
    waiting: a.waiting + b.waiting,
    lost: a.lost + b.lost,
  };
}

/** Reads the levels of a service's instances. */
export class LevelReader {
  private readonly service: Service;
  private readonly integrals: Levels[];
  private atNs = 0;

  constructor(service: Service) {
    this.service = service;
    this.integrals = Array.from({ length: service.capacity }, () => NO_LEVELS);
  }

  /** Means since the last reading, of each instance. O(instances). */
  read(now: number): Levels[] {
    const length = now - this.atNs;
    this.atNs = now;
    return this.integrals.map((from, i) => {
      const to = integralsOf(this.service, i, now);
      this.integrals[i] = to;
      const mean = (key: keyof Levels) => (to[key] - from[key]) / length;
      return {
        open: mean('open'),
        opening: mean('opening'),
        max: mean('max'),
        used: mean('used'),
        waiting: mean('waiting'),
        lost: mean('lost'),
      };
    });
  }
}

function integralsOf({ pool, configured }: Service, i: number, now: number): Levels {
  const opening = pool.opening.integral(i, now);
  const itself = pool.ownedOpening.integral(i, now);
  return {
    open: pool.open.integral(i, now) - opening,
    opening,
    max: configured.integral(i, now),
    used: pool.owned.integral(i, now) - itself,
    waiting: pool.pending.integral(i, now) + itself,
    lost: pool.leaked.integral(i, now),
  };
}
