/** A log of what happens to requests, for a maintainer to read. Off unless somebody asks for it. */

export type EventName =
  | 'arrival'
  | 'attempt'
  | 'queue'
  | 'wait'
  | 'open'
  | 'acquire'
  | 'reconnect'
  | 'release'
  | 'complete'
  | 'fail'
  | 'abandon'
  | 'retry';

export interface LoggedEvent {
  readonly atNs: number;
  readonly name: EventName;
  /** Requests are numbered by arrival, from 1. */
  readonly request: number;
  readonly service: string;
  /** −1: none. */
  readonly instance: number;
  /** The reason, of a failure. */
  readonly detail: string;
}

export type EventLog = (event: LoggedEvent) => void;
