/** What a client does while it waits, and after an error. */
export interface ClientSettings {
  /** An attempt is abandoned after this long; Infinity: the client never leaves. */
  readonly timeoutNs: number;
  /** Whether the server stops working for a client that has left. */
  readonly cancel: boolean;
  /** Attempts beyond the first. */
  readonly retryAttempts: number;
  /** Pause between an attempt's failure and the next attempt. */
  readonly retryBackoffNs: number;
}
