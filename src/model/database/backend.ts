/** What a pool opens connections to: the database, or a pooler that stands in front of it. */
import type { LawFamily } from '../../engine/law.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import type { Losses } from './losses.ts';

export interface Backend {
  /** Connections that it admits. */
  readonly slots: ConnectionSlots;
  /** Connections to it that have died. */
  readonly losses: Losses;
  readonly roundTripNs: number;
  /** How long closing a connection takes; its slot is free after it. */
  readonly closingNs: number;
  /** Whether connections take equally long: the family of the latency, which never changes. */
  readonly connectFamily: LawFamily;
  /** How the establishment ends that `connect` was asked for last, see `pool/openings`. */
  readonly connectOutcome: number;
  /**
   * Somebody begins to establish a connection and gives up after `timeoutNs`: how long that takes. How it
   * will end is in `connectOutcome`; unless it opens, it takes no slot.
   */
  connect: (timeoutNs: number) => number;
  /** How long the connection takes that is established now. */
  drawConnectLatency: () => number;
  /** Requests got so many connections of their own, or gave them up. */
  addHeld: (change: number) => void;
}
