/**
 * The mix of request classes: which class an arrival belongs to, what it will demand, and how that
 * becomes work when its turn comes. All chance is drawn at the arrival, each from a stream of its own.
 */
import { DurationLaw } from '../../engine/duration-law.ts';
import type { Law } from '../../engine/law.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import { type VariateStream, standardVariates, uniformStream } from '../../engine/variates.ts';
import type { Database } from '../database/database.ts';
import type { WorkSettings } from '../database/settings.ts';
import { lawsOf } from '../database/work-parts.ts';
import {
  DEMAND,
  LEAKS,
  NO_RECONNECT,
  RECONNECT_DRAW,
  REQUEST_CLASS,
  STRIDE,
  type RequestTable,
} from '../request/request-table.ts';
import type { RequestClassSettings } from './settings.ts';
import { type Instruction, programOf } from './step-program.ts';

const MILLION = 1_000_000;
/** The class of a request whose hold was recorded. */
const NO_CLASS = -1;

export interface RequestClass {
  /** Of a request that consists of steps; null: of a single query or hold. */
  readonly program: readonly Instruction[] | null;
  readonly isQuery: boolean;
  readonly law: DurationLaw;
  /** In millionths. */
  readonly cpuShare: number;
  readonly demands: VariateStream;
  /** One for each step that takes time. */
  readonly stepDemands: readonly VariateStream[];
  readonly leak: number;
  /** Decides who leaks his connection. */
  readonly leaks: VariateStream;
}

export class RequestMix {
  classes: readonly RequestClass[];
  /** Upper end of each class's part of [0, 1). */
  private ends: number[];
  private readonly choices: VariateStream;
  /** null: no connection is ever established anew, so nothing is drawn. */
  readonly reconnects: VariateStream | null;
  private readonly table: RequestTable;
  private readonly database: Database;

  constructor(
    settings: readonly RequestClassSettings[],
    service: string,
    streams: RandomStreams,
    table: RequestTable,
    database: Database,
    mayReconnect: boolean,
  ) {
    this.table = table;
    this.database = database;
    this.choices = uniformStream(streams, `${service}/class`);
    this.reconnects = mayReconnect ? uniformStream(streams, `${service}/reconnect`) : null;
    this.classes = settings.map((c) => ({
      ...compiled(c.work),
      demands: standardVariates(streams, `${service}/demand/${c.name}`, firstLaw(c.work)),
      stepDemands: stepDemandsOf(streams, `${service}/demand/${c.name}`, c.work),
      leak: c.leak ?? 0,
      leaks: uniformStream(streams, `${service}/leak/${c.name}`),
    }));
    this.ends = endsOf(settings);
  }

  /** Changes weights and parameters, not the classes. */
  apply(settings: readonly RequestClassSettings[]): void {
    this.classes = settings.map((c, i) => {
      const { demands, stepDemands, leaks } = this.classes[i] as RequestClass;
      demands.reshape(firstLaw(c.work));
      lawsOf(c.work).forEach((law, n) => stepDemands[n]?.reshape(law));
      return { ...compiled(c.work), demands, stepDemands, leak: c.leak ?? 0, leaks };
    });
    this.ends = endsOf(settings);
  }

  /** Draws the attributes of a request that arrives. */
  draw(slot: number): void {
    const { table } = this;
    const index = this.drawClass();
    table.marks[slot * STRIDE + REQUEST_CLASS] = index;
    const { demands, stepDemands, leak, leaks } = this.classes[index] as RequestClass;
    demands.nextInto(table.times, slot * STRIDE + DEMAND);
    for (let n = 0; n < stepDemands.length; n++)
      (stepDemands[n] as VariateStream).nextInto(table.stepDraws, table.drawsOf(slot) + n);
    table.marks[slot * STRIDE + LEAKS] = leak > 0 && leaks.next() < leak ? 1 : 0;
    if (this.reconnects === null) table.times[slot * STRIDE + RECONNECT_DRAW] = NO_RECONNECT;
    else this.reconnects.nextInto(table.times, slot * STRIDE + RECONNECT_DRAW);
  }

  /** The class of a request that arrives. */
  drawClass(): number {
    return this.classes.length === 1 ? 0 : this.choose(this.choices.next());
  }

  /** A request that arrives with a recorded hold has no class, and nothing is drawn for it. */
  record(slot: number, holdNs: number): void {
    const { table } = this;
    table.marks[slot * STRIDE + REQUEST_CLASS] = NO_CLASS;
    table.marks[slot * STRIDE + LEAKS] = 0;
    table.times[slot * STRIDE + DEMAND] = holdNs;
    table.times[slot * STRIDE + RECONNECT_DRAW] = NO_RECONNECT;
  }

  /** The steps of a request; none if it is a single query or hold. */
  programOf(slot: number): readonly Instruction[] {
    const index = this.table.marks[slot * STRIDE + REQUEST_CLASS] as number;
    return this.classes[index]?.program ?? NO_STEPS;
  }

  /** Starts what the request does with its connection, by the plan in force now. */
  begin(slot: number): void {
    const { table } = this;
    const index = table.marks[slot * STRIDE + REQUEST_CLASS] as number;
    if (index === NO_CLASS) {
      this.database.startHold(slot, table.times[slot * STRIDE + DEMAND] as number);
      return;
    }
    const { isQuery, law, cpuShare } = this.classes[index] as RequestClass;
    const work = law.duration(table.times[slot * STRIDE + DEMAND] as number);
    if (isQuery) this.database.startQuery(slot, work, cpuShare);
    else this.database.startHold(slot, work);
  }

  private choose(draw: number): number {
    const last = this.ends.length - 1;
    for (let i = 0; i < last; i++) if (draw < (this.ends[i] as number)) return i;
    return last;
  }
}

/** The steps of a request that has none. */
export const NO_STEPS: readonly Instruction[] = [];

function firstLaw(work: WorkSettings): Law {
  return lawsOf(work)[0] ?? { family: 'constant', value: 0 };
}

function stepDemandsOf(streams: RandomStreams, name: string, work: WorkSettings): VariateStream[] {
  if (work.kind !== 'steps') return [];
  return lawsOf(work).map((law, n) => standardVariates(streams, `${name}/step-${String(n)}`, law));
}

function compiled(work: WorkSettings) {
  return {
    program: work.kind === 'steps' ? programOf(work.steps) : null,
    isQuery: work.kind === 'query',
    law: new DurationLaw(firstLaw(work)),
    cpuShare: work.kind === 'query' ? Math.round(work.cpu * MILLION) : 0,
  };
}

function endsOf(settings: readonly RequestClassSettings[]): number[] {
  const sum = settings.reduce((total, c) => total + c.weight, 0);
  let end = 0;
  return settings.map((c) => (end += c.weight / sum));
}
