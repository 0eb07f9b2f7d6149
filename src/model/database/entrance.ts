/** The way in: how many connections are admitted, how long establishing one takes, and how that may end. */
import { DurationLaw } from '../../engine/duration-law.ts';
import type { Law } from '../../engine/law.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import { type VariateStream, standardVariates, uniformStream } from '../../engine/variates.ts';
import { FAILS, OPENS, REFUSED, TIMES_OUT } from '../pool/openings.ts';
import { type Admission, ConnectionSlots } from './connection-slots.ts';

interface EntranceSettings {
  readonly admission: Admission;
  readonly latency: Law;
  /** Share of establishments that fail, after the latency. */
  readonly failure: number;
}

export class Entrance {
  readonly slots: ConnectionSlots;
  /** How the establishment ends that was asked for last, see `pool/openings`. */
  outcome = OPENS;
  private failure: number;
  private law: DurationLaw;
  private readonly latencies: VariateStream;
  private readonly failures: VariateStream;

  constructor(
    { admission, latency, failure }: EntranceSettings,
    streams: RandomStreams,
    name: string,
  ) {
    this.slots = new ConnectionSlots(admission);
    this.failure = failure;
    this.law = new DurationLaw(latency);
    this.latencies = standardVariates(streams, name, latency);
    this.failures = uniformStream(streams, `${name}/failure`);
  }

  apply({ admission, latency, failure }: EntranceSettings): void {
    this.slots.apply(admission);
    this.failure = failure;
    this.law = new DurationLaw(latency);
    this.latencies.reshape(latency);
  }

  /** Somebody is turned away, which he hears after a round trip, unless he gives up before. */
  refuse(roundTripNs: number, timeoutNs: number): number {
    this.slots.refuse();
    this.outcome = REFUSED;
    return Math.min(roundTripNs, timeoutNs);
  }

  /** Somebody begins to establish a connection, for whom there is room: how long that takes. */
  admit(timeoutNs: number): number {
    const fails = this.failure > 0 && this.failures.next() < this.failure;
    const latency = this.draw();
    this.outcome = outcomeOf(fails, latency > timeoutNs);
    if (this.outcome === OPENS) this.slots.take();
    return Math.min(latency, timeoutNs);
  }

  /** How long the connection takes that is established now. */
  draw(): number {
    return this.law.duration(this.latencies.next());
  }
}

function outcomeOf(fails: boolean, isTooSlow: boolean): number {
  if (isTooSlow) return TIMES_OUT;
  return fails ? FAILS : OPENS;
}
