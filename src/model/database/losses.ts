/** Connections that have died with the database: which of them, who has noticed, and how long it lasts. */
import type { LossNotice } from '../settings.ts';

/** Once that the database dropped all connections. */
export interface Outage {
  readonly atNs: number;
  /** Until when it refuses new ones. */
  readonly untilNs: number;
  /** Connections that it dropped. */
  readonly dropped: number;
}

export class Losses {
  readonly outages: Outage[] = [];
  /** Whether connections have ever died. */
  any = false;
  /** When all connections last died; −1: never. */
  private droppedAt = -1;
  /** When those who do not use one last heard that; −1: never. */
  private heardAt = -1;
  /** Since when using one shows that; −1: never. */
  private foundAt = -1;
  /** When those who used one last noticed that; −1: never. */
  private cutAt = -1;
  /** Until when nothing answers. */
  private refusesUntil = -1;

  /** All connections there are, so many, die now, and new ones are refused for a while. */
  begin(lastsNs: number, noticed: LossNotice, dropped: number, now: number): void {
    this.any = true;
    this.outages.push({ atNs: now, untilNs: now + lastsNs, dropped });
    this.droppedAt = now;
    if (noticed !== 'in-use') this.heardAt = now;
    if (noticed !== 'by-check') this.foundAt = now;
    if (noticed === 'at-once') this.cutAt = now;
    this.refusesUntil = now + lastsNs;
  }

  refuses(now: number): boolean {
    return now < this.refusesUntil;
  }

  /** Whether a connection that was opened then has died since. */
  hasDropped(openedAt: number): boolean {
    return openedAt < this.droppedAt;
  }

  /** Whether its driver knows, without asking the server, that a connection opened then has died. */
  isHeard(openedAt: number): boolean {
    return openedAt < this.heardAt;
  }

  /** Whether whoever uses a connection that was opened then finds that it has died. */
  isFound(openedAt: number): boolean {
    return openedAt < this.foundAt;
  }

  /** Whether whoever held a connection that was opened then has noticed that it died. */
  hasCut(openedAt: number): boolean {
    return openedAt < this.cutAt;
  }
}
