/**
 * The way of a request that consists of steps: work in the service itself, queries, transactions; it may
 * have several connections at once. A request of one query or hold takes the shorter way of `request-flow`.
 */
import type { Simulation } from '../../engine/simulation.ts';
import type { Database } from '../database/database.ts';
import { NOBODY } from '../pool/connection-pool.ts';
import {
  HELD,
  INSTANCE,
  type RequestTable,
  STATE,
  STATE_OF,
  STEP,
  STRIDE,
} from '../request/request-table.ts';
import { APP } from '../request/stage.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import type { RequestFlow } from './request-flow.ts';
import type { RequestMix } from './request-mix.ts';
import type { Stations } from './stations.ts';

export class StepWay {
  private readonly flow: RequestFlow;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  private readonly mix: RequestMix;
  private readonly database: Database;
  /** Work in the service itself. */
  private readonly apps: Delays;

  constructor(flow: RequestFlow, stations: Stations) {
    this.flow = flow;
    this.simulation = stations.simulation;
    this.table = stations.table;
    this.mix = stations.mix;
    this.database = stations.database;
    this.apps = new Delays(stations.simulation, RANK.completion, 'exponential', (slot) => {
      this.appDone(slot);
    });
  }

  /** An attempt begins with the first step. */
  start(slot: number): void {
    this.table.marks[slot * STRIDE + STEP] = 0;
    this.next(slot);
  }

  /** The step before has ended; its ledger is booked up to now. */
  next(slot: number): void {
    const { table, flow } = this;
    const at = slot * STRIDE;
    const program = this.mix.programOf(slot);
    const i = table.marks[at + INSTANCE] as number;
    for (;;) {
      const step = table.marks[at + STEP] as number;
      const instruction = program[step];
      if (instruction === undefined) {
        flow.client.answered(slot);
        flow.leaveInstance(i);
        return;
      }
      if (instruction.kind === 'query' && flow.poolerWay?.mayWork(slot) === false) return;
      table.marks[at + STEP] = step + 1;
      switch (instruction.kind) {
        case 'app':
          this.beginApp(slot, instruction.law.duration(table.drawOf(slot, instruction.draw)));
          return;
        case 'query': {
          const work = instruction.law.duration(table.drawOf(slot, instruction.draw));
          this.database.startQuery(slot, work, instruction.cpuShare);
          return;
        }
        case 'acquire':
          flow.poolWay.acquire(slot, i);
          return;
        case 'release': {
          const next = flow.exits.takeConnection(slot, i);
          if (next !== NOBODY) flow.poolWay.giveConnection(next);
        }
      }
    }
  }

  private beginApp(slot: number, durationNs: number): void {
    const { table } = this;
    const isHolding = (table.marks[slot * STRIDE + HELD] as number) > 0;
    table.marks[slot * STRIDE + STATE_OF] = isHolding ? STATE.appHolding : STATE.app;
    this.apps.push(this.simulation.now + durationNs, slot);
  }

  private appDone(slot: number): void {
    const { table } = this;
    if (table.marks[slot * STRIDE + STATE_OF] === STATE.void) {
      table.free(slot);
      return;
    }
    table.book(slot, APP, this.simulation.now);
    this.next(slot);
  }
}
