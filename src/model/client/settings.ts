/** What a client does while it waits, and after an error. */
import type { Law } from '../../engine/law.ts';

export interface ClientSettings {
  /** An attempt is abandoned after this long; Infinity: the client never leaves. */
  readonly timeoutNs: number;
  /**
   * How long a client waits from an attempt's start until it has a connection; from then on it stays.
   * null: for ever. During a run a law may change its parameters, and not come, go or change its family.
   */
  readonly patience: Law | null;
  /** Whether the server stops working for a client that has left. */
  readonly cancel: boolean;
  /** Attempts beyond the first. */
  readonly retryAttempts: number;
  /** Pause between an attempt's failure and the next attempt. */
  readonly retryBackoffNs: number;
}
