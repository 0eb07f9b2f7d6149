/**
 * How long clients are willing to wait for a connection, counted from an attempt's start: the service's
 * own queue and the opening of a connection are part of that wait. A client that has a connection stays.
 */
import { DurationLaw } from '../../engine/duration-law.ts';
import type { Law } from '../../engine/law.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import type { Simulation } from '../../engine/simulation.ts';
import { type VariateStream, standardVariates } from '../../engine/variates.ts';
import { ATTEMPT, type RequestTable, STRIDE } from '../request/request-table.ts';
import { Deadlines } from '../schedule/deadlines.ts';

interface PatienceParts {
  readonly simulation: Simulation;
  readonly table: RequestTable;
  readonly streams: RandomStreams;
  /** Name of the service. */
  readonly name: string;
}

export class Patience {
  private law: DurationLaw;
  private readonly simulation: Simulation;
  private readonly table: RequestTable;
  /** Retries have a stream of their own, so that they do not shift the patience of later arrivals. */
  private readonly first: VariateStream;
  private readonly again: VariateStream;
  private readonly deadlines: Deadlines;

  /** @param expired called with the slot of the attempt whose client waits no longer */
  constructor(
    law: Law,
    { simulation, table, streams, name }: PatienceParts,
    expired: (slot: number) => void,
  ) {
    this.law = new DurationLaw(law);
    this.simulation = simulation;
    this.table = table;
    this.first = standardVariates(streams, `${name}/patience`, law);
    this.again = standardVariates(streams, `${name}/patience/retry`, law);
    this.deadlines = new Deadlines(simulation, table.patienceDeadlines, expired, law.family);
  }

  /** Changes the parameters of the law, for attempts that start from now on. */
  apply(law: Law): void {
    this.law = new DurationLaw(law);
    this.first.reshape(law);
    this.again.reshape(law);
  }

  /** An attempt starts. */
  begin(slot: number): void {
    const draws = this.table.marks[slot * STRIDE + ATTEMPT] === 1 ? this.first : this.again;
    const patience = this.law.duration(draws.next());
    this.deadlines.set(slot, this.simulation.now + patience);
  }

  /** The attempt has a connection, or nobody waits for it any more. */
  end(slot: number): void {
    this.deadlines.cancel(slot);
  }
}
