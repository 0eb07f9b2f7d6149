/** When the idle connections of an instance are looked at, and which of them go: axis A21. */
import type { PoolEvents } from '../connection-pool.ts';
import type { PoolSettings } from '../settings.ts';
import type { Connection } from './connection.ts';
import type { FreeList } from './free-list.ts';
import { STEP, stepCode } from './steps.ts';

/** What is open when idle connections are looked at. */
export interface Stock {
  /** Those being opened included, and without them. */
  readonly open: number;
  readonly established: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

export class IdleChecks {
  private readonly instance: number;
  private readonly events: Pick<PoolEvents, 'idleTimerSet'>;
  /** When the next look is due; earlier timers are void. Infinity: none is set. */
  private nextAt = Infinity;
  /** The idle timeout that has been in force. */
  private timeoutNs = Infinity;

  constructor(instance: number, events: Pick<PoolEvents, 'idleTimerSet'>) {
    this.instance = instance;
    this.events = events;
  }

  /**
   * Other settings are in force; true: idle connections are to be looked at now. A timeout holds for what is
   * idle already; where there was none, all that is idle counts from now on.
   */
  apply(free: FreeList, settings: PoolSettings, now: number): boolean {
    const { idleCheck } = settings.policy;
    if (this.timeoutNs === Infinity) for (const c of free.all()) c.idleSince = now;
    this.start(settings, now);
    return idleCheck === 'ageing' || idleCheck === 'timer';
  }

  /** The pool starts. */
  start(settings: PoolSettings, now: number): void {
    const { idleCheck, idleCheckNs } = settings.policy;
    this.timeoutNs = settings.idleTimeoutNs;
    if (idleCheck === 'interval' && this.nextAt === Infinity && looks(settings))
      this.set(now + idleCheckNs);
  }

  /** A connection is given out. */
  granted(settings: PoolSettings, now: number): void {
    const { idleCheck, idleCheckNs } = settings.policy;
    if (idleCheck === 'first-grant' && this.nextAt === Infinity && looks(settings))
      this.set(now + idleCheckNs);
  }

  /** A connection has come back, or come into the pool, whether it stays idle or not. */
  cameIn(settings: PoolSettings, now: number): void {
    const { idleCheck, idleCheckNs } = settings.policy;
    if (idleCheck === 'when-idle' && this.nextAt === Infinity && looks(settings))
      this.set(now + idleCheckNs);
  }

  /** A connection has become idle. */
  becameIdle(connection: Connection, settings: PoolSettings, { open }: Stock, now: number): void {
    const { idleCheck } = settings.policy;
    if (idleCheck !== 'timer' && idleCheck !== 'ageing') return;
    connection.isArmed = open > settings.min;
    if (connection.isArmed && settings.idleTimeoutNs < Infinity)
      this.setFor(connection, settings, now);
  }

  /** Whether the timer that has come due is the one that counts. */
  rings(now: number): boolean {
    if (this.nextAt !== now) return false;
    this.nextAt = Infinity;
    return true;
  }

  /** Which of the idle connections go now, the longest idle first. */
  tooOld(free: FreeList, settings: PoolSettings, stock: Stock, now: number): Connection[] {
    const { policy } = settings;
    const spare = spareOf(free, settings, stock);
    const idle = free.all().slice(0, policy.idleCheckCovers);
    const surplus = policy.maxIdleAt === 'check' ? idle.length - policy.maxIdle : 0;
    const old = idle.filter(
      (c, n) => n < surplus || (isTooOld(now - c.idleSince, settings) && this.isDue(c, settings)),
    );
    const going = old.slice(0, Math.max(0, spare));
    // A timer that found too few open is not set again.
    if (policy.idleCheck === 'timer') for (const c of old.slice(going.length)) c.isArmed = false;
    return going;
  }

  /** Looks again later, if there is anything to look at. */
  goOn(free: FreeList, settings: PoolSettings, stock: Stock, now: number): void {
    const { idleCheck, idleCheckNs } = settings.policy;
    switch (idleCheck) {
      case 'interval':
        this.set(now + idleCheckNs);
        return;
      case 'first-grant':
        if (stock.open + stock.waiting > 0) this.set(now + idleCheckNs);
        return;
      case 'when-idle':
        if (free.size > 0) this.set(now + idleCheckNs);
        return;
      case 'timer':
      case 'ageing': {
        if (idleCheck === 'ageing' && stock.open <= settings.min) return;
        const next = free.all().find((c) => this.isDue(c, settings));
        if (next !== undefined && settings.idleTimeoutNs < Infinity)
          this.setFor(next, settings, now);
      }
    }
  }

  private isDue(connection: Connection, { policy }: PoolSettings): boolean {
    return policy.idleCheck !== 'timer' || connection.isArmed;
  }

  private setFor(connection: Connection, { idleTimeoutNs }: PoolSettings, now: number): void {
    const at = Math.max(now, connection.idleSince + idleTimeoutNs);
    if (at < this.nextAt) this.set(at);
  }

  private set(at: number): void {
    this.nextAt = at;
    this.events.idleTimerSet(stepCode(STEP.idleCheck, this.instance), at);
  }
}

function looks({ idleTimeoutNs, policy }: PoolSettings): boolean {
  if (policy.idleCheckNs === Infinity || policy.idleCheckNs <= 0) return false;
  return idleTimeoutNs < Infinity || (policy.maxIdleAt === 'check' && policy.maxIdle < Infinity);
}

function isTooOld(idleNs: number, { idleTimeoutNs, policy }: PoolSettings): boolean {
  return policy.idleLimit === 'reached' ? idleNs >= idleTimeoutNs : idleNs > idleTimeoutNs;
}

/** How many may go. */
function spareOf(free: FreeList, { min, policy }: PoolSettings, stock: Stock): number {
  switch (policy.idleFloor) {
    case 'open':
      return stock.open - min;
    case 'established':
      return stock.established - min;
    case 'idle':
      return free.size - min;
    case 'none':
      return free.size;
  }
}
