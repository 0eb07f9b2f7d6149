/** A log of what happens to requests, for a maintainer to read. Off unless somebody asks for it. */
import type { Simulation } from '../engine/simulation.ts';
import { INSTANCE, type RequestTable, STRIDE } from './request/request-table.ts';

export type EventName =
  | 'arrival'
  | 'attempt'
  | 'queue'
  | 'wait'
  | 'open'
  | 'acquire'
  | 'reconnect'
  | 'release'
  | 'leak'
  | 'complete'
  | 'fail'
  | 'abandon'
  | 'retry'
  /** Of connections, whoever they are for. */
  | 'connect'
  | 'close';

export interface LoggedEvent {
  readonly atNs: number;
  readonly name: EventName;
  /** Requests are numbered by arrival, from 1; 0: it is no request's. */
  readonly request: number;
  readonly service: string;
  /** −1: none. */
  readonly instance: number;
  /** The reason, of a failure. */
  readonly detail: string;
}

export type EventLog = (event: LoggedEvent) => void;

/** Writes the events of one service's requests into the log, if there is one. */
export class Journal {
  private readonly log: EventLog | null;
  private readonly service: string;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;

  constructor(log: EventLog | null, service: string, simulation: Simulation, table: RequestTable) {
    this.log = log;
    this.service = service;
    this.simulation = simulation;
    this.table = table;
  }

  /** Something happens to a connection of an instance. */
  noteOf(name: EventName, instance: number): void {
    if (this.log === null) return;
    const { service, simulation } = this;
    this.log({ atNs: simulation.now, name, request: 0, service, instance, detail: '' });
  }

  /** @param detail the reason, of a failure */
  note(name: EventName, slot: number, detail = ''): void {
    if (this.log === null) return;
    this.log({
      atNs: this.simulation.now,
      name,
      request: this.table.numberOf(slot),
      service: this.service,
      instance: this.table.marks[slot * STRIDE + INSTANCE] as number,
      detail,
    });
  }
}
