/**
 * Connections that the server admits: `maxConnections` less those kept back for the superuser and those
 * of other programs. Beyond it a connection is refused (PostgreSQL: FATAL: sorry, too many clients
 * already, SQLSTATE 53300).
 */
import type { DatabaseSettings } from './settings.ts';

export class ConnectionSlots {
  /** Connections of the simulated pools, those being established included. */
  open = 0;
  peak = 0;
  refused = 0;
  private limit: number;

  constructor(settings: DatabaseSettings) {
    this.limit = limitOf(settings);
  }

  apply(settings: DatabaseSettings): void {
    this.limit = limitOf(settings);
  }

  /** Takes a slot for a new connection; false: refused. */
  take(): boolean {
    if (this.open >= this.limit) {
      this.refused++;
      return false;
    }
    this.open++;
    if (this.open > this.peak) this.peak = this.open;
    return true;
  }

  /** Takes slots for several connections at once: how many of them the server admits. */
  takeUpTo(wanted: number): number {
    const admitted = Math.max(0, Math.min(wanted, this.limit - this.open));
    if (admitted < wanted) this.refused++;
    this.open += admitted;
    if (this.open > this.peak) this.peak = this.open;
    return admitted;
  }

  giveBack(): void {
    this.open--;
  }
}

function limitOf(settings: DatabaseSettings): number {
  return settings.maxConnections - settings.reservedConnections - settings.otherConnections;
}
