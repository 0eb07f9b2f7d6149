/**
 * Connections that the server admits: `maxConnections` less those kept back for the superuser and those
 * of other programs. Beyond it a connection is refused (PostgreSQL: FATAL: sorry, too many clients
 * already, SQLSTATE 53300).
 */
import type { DatabaseSettings } from './settings.ts';

export type Admission = Pick<
  DatabaseSettings,
  'maxConnections' | 'reservedConnections' | 'otherConnections'
>;

export class ConnectionSlots {
  /** Connections of the simulated pools, those being established included. */
  open = 0;
  peak = 0;
  refused = 0;
  /** Times that more were open than the settings leave: a fault of this program. */
  violations = 0;
  private settings: Admission;
  private limit: number;

  constructor(settings: Admission) {
    this.settings = settings;
    this.limit = limitOf(settings);
  }

  apply(settings: Admission): void {
    this.settings = settings;
    this.limit = limitOf(settings);
  }

  get isFull(): boolean {
    return this.open >= this.limit;
  }

  /** Refuses a new connection. */
  refuse(): void {
    this.refused++;
  }

  /** Takes a slot for a new connection; false: refused. */
  take(): boolean {
    if (this.isFull) {
      this.refuse();
      return false;
    }
    this.add(1);
    return true;
  }

  /** Takes slots for several connections at once: how many of them the server admits. */
  takeUpTo(wanted: number): number {
    const admitted = Math.max(0, Math.min(wanted, this.limit - this.open));
    if (admitted < wanted) this.refused++;
    if (admitted > 0) this.add(admitted);
    return admitted;
  }

  giveBack(): void {
    this.open--;
  }

  private add(connections: number): void {
    this.open += connections;
    if (this.open > this.peak) this.peak = this.open;
    const { maxConnections, reservedConnections, otherConnections } = this.settings;
    if (this.open + reservedConnections + otherConnections > maxConnections) this.violations++;
  }
}

function limitOf(settings: Admission): number {
  return settings.maxConnections - settings.reservedConnections - settings.otherConnections;
}
