/**
 * All that arrives at a service. At the same instant: open arrivals first, then bursts, users who join,
 * users who send, and the trace last. Every request is an event of its own, also within a batch or burst.
 */
import type { RandomStreams } from '../../engine/random-streams.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { RANK } from '../schedule/ranks.ts';
import { Bursts } from './bursts.ts';
import { type OpenArrivals, openArrivals } from './open-arrivals.ts';
import type { TrafficSettings, UserSettings } from './settings.ts';
import { NO_HOLD, TraceCursor } from './trace-cursor.ts';
import { Users } from './users.ts';

/** The user of a request that nobody waits for before sending the next. */
const NO_USER = -1;

/** Population and thinking time when there are no users: nobody, whatever they think. */
const NOBODY: UserSettings = {
  points: [{ atNs: 0, users: 0 }],
  think: { family: 'constant', value: 0 },
};

interface TrafficParts {
  readonly settings: TrafficSettings;
  /** Name of the service, before the names of the streams. */
  readonly name: string;
  readonly simulation: Simulation;
  readonly streams: RandomStreams;
  /** A request arrives: of a user or NO_USER, with a recorded hold or NO_HOLD. */
  readonly arrive: (user: number, holdNs: number) => void;
}

export class Traffic {
  private readonly parts: TrafficParts;
  private readonly simulation: Simulation;
  readonly open: OpenArrivals;
  private readonly openSource: EventSource;
  private readonly bursts: Bursts;
  private readonly burstSource: EventSource;
  users: Users | null;
  private readonly trace: TraceCursor;
  private readonly traceSource: EventSource;
  /** Requests that are still to come at this instant, of a batch and of a burst. */
  private leftOfBatch = 0;
  private leftOfBurst = 0;

  constructor(parts: TrafficParts) {
    const { settings, name, simulation, streams } = parts;
    this.parts = parts;
    this.simulation = simulation;
    this.open = openArrivals(settings, streams, name);
    this.openSource = new EventSource(simulation, RANK.arrival, () => {
      this.openArrival();
    });
    this.bursts = new Bursts(settings.bursts);
    this.burstSource = new EventSource(simulation, RANK.arrival, () => {
      this.burstArrival();
    });
    this.users = settings.users === null ? null : this.usersOf(settings.users);
    this.trace = new TraceCursor(settings.trace);
    this.traceSource = new EventSource(simulation, RANK.arrival, () => {
      this.traceArrival();
    });
    this.scheduleAll();
  }

  /** Changes the traffic from now on, before anything arrives at this instant. */
  apply(settings: TrafficSettings): void {
    const { now } = this.simulation;
    this.open.apply(settings, now);
    this.bursts.apply(settings.bursts, now);
    this.trace.apply(settings.trace, now);
    if (this.users !== null) this.users.apply(settings.users ?? NOBODY);
    else if (settings.users !== null) this.users = this.usersOf(settings.users);
    this.scheduleAll();
  }

  /** Somebody else moves past the open arrivals from now on. */
  suspendOpen(): void {
    this.simulation.schedule(this.openSource, Infinity);
  }

  /** Ends `suspendOpen`. */
  resumeOpen(): void {
    this.simulation.schedule(this.openSource, this.open.nextAt);
  }

  /** The final outcome of a user's request that arrived at an instant. */
  outcome(user: number, arrivalAt: number): void {
    if (this.users === null) throw new Error('bug: an outcome for a user that nobody knows');
    this.users.outcome(user, arrivalAt);
  }

  /** A user's request arrives. */
  private userArrival(user: number): void {
    this.users?.drawThink(user);
    this.parts.arrive(user, NO_HOLD);
  }

  private openArrival(): void {
    const arriving = this.leftOfBatch > 0 ? this.leftOfBatch : this.open.advance();
    this.leftOfBatch = Math.max(0, arriving - 1);
    const next = this.leftOfBatch > 0 ? this.simulation.now : this.open.nextAt;
    this.simulation.schedule(this.openSource, next);
    if (arriving > 0) this.parts.arrive(NO_USER, NO_HOLD);
  }

  private burstArrival(): void {
    const arriving = this.leftOfBurst > 0 ? this.leftOfBurst : this.bursts.advance();
    this.leftOfBurst = Math.max(0, arriving - 1);
    const next = this.leftOfBurst > 0 ? this.simulation.now : this.bursts.nextAt;
    this.simulation.schedule(this.burstSource, next);
    if (arriving > 0) this.parts.arrive(NO_USER, NO_HOLD);
  }

  private traceArrival(): void {
    const holdNs = this.trace.advance();
    this.simulation.schedule(this.traceSource, this.trace.nextAt);
    this.parts.arrive(NO_USER, holdNs);
  }

  private usersOf(settings: UserSettings): Users {
    const { simulation, streams, name } = this.parts;
    return new Users(settings, simulation, streams, `${name}/think`, (user) => {
      this.userArrival(user);
    });
  }

  private scheduleAll(): void {
    this.simulation.schedule(this.openSource, this.open.nextAt);
    this.simulation.schedule(this.burstSource, this.bursts.nextAt);
    this.simulation.schedule(this.traceSource, this.trace.nextAt);
  }
}
