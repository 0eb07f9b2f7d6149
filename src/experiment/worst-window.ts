/** The worst window of an objective: a window of fixed length that slides through the run. */
import type { Condition } from '../model/control/settings.ts';
import type { Snapshot } from '../model/meters/snapshot.ts';
import { metricValue } from '../model/meters/stretch.ts';
import { slidingStarts } from './windows.ts';

export class WorstWindow {
  /** The metric's worst value so far; null: never observed. */
  value: number | null = null;
  fromNs = 0;
  toNs: number;
  private readonly condition: Condition;
  private readonly lengthNs: number;
  private readonly starts: ReadonlySet<number>;
  private open: Snapshot[] = [];

  constructor(condition: Condition, windowNs: number, durationNs: number) {
    this.condition = condition;
    this.lengthNs = Math.min(windowNs, durationNs);
    this.toNs = this.lengthNs;
    this.starts = new Set(slidingStarts(windowNs, durationNs));
  }

  /** Takes every reading of the run, in order of time. */
  take(reading: Snapshot): void {
    const first = this.open[0];
    if (first !== undefined && reading.atNs === first.atNs + this.lengthNs) {
      this.open.shift();
      this.judge(first, reading);
    }
    if (this.starts.has(reading.atNs)) this.open.push(reading);
  }

  private judge(from: Snapshot, to: Snapshot): void {
    const value = metricValue(this.condition.metric, from, to);
    if (value === null || (this.value !== null && !this.isWorse(value, this.value))) return;
    this.value = value;
    this.fromNs = from.atNs;
    this.toNs = to.atNs;
  }

  /** An upper limit is missed by large values, a lower one by small ones. */
  private isWorse(value: number, than: number): boolean {
    return this.condition.comparison.startsWith('<') ? value > than : value < than;
  }
}
