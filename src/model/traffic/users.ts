/**
 * Users: each thinks, sends a request, waits for its outcome (completed, failed for good, abandoned), and
 * thinks again. A user joins by beginning to think, so that a jump of the population is no burst. Users
 * who are too many leave at their next act: when the one whom the curve no longer has would send a
 * request, it is gone instead; if the curve has risen again by then, it simply stays.
 */
import { DurationLaw } from '../../engine/duration-law.ts';
import type { RandomStreams } from '../../engine/random-streams.ts';
import { EventSource, type Simulation } from '../../engine/simulation.ts';
import { widenFloats } from '../../engine/typed-arrays.ts';
import { standardVariates, type VariateStream } from '../../engine/variates.ts';
import { Delays } from '../schedule/delays.ts';
import { RANK } from '../schedule/ranks.ts';
import { SimulationLimit } from '../simulation-limit.ts';
import { PopulationCurve } from './population-curve.ts';
import type { UserSettings } from './settings.ts';

/** Users who have been through so many requests within one instant, on the average, go round in a loop. */
const MOST_ROUNDS_AT_ONCE = 10;
/** … but not if there were less returns than this. */
const LEAST_RETURNS = 100;

export class Users {
  /** Users who think or wait for an outcome, those included who are about to leave. */
  present = 0;
  private curve: PopulationCurve;
  private think: DurationLaw;
  private readonly thinkDraws: VariateStream;
  private readonly simulation: Simulation;
  private readonly send: (user: number) => void;
  private readonly joining: EventSource;
  private readonly thinking: Delays;
  /** The standard variate behind a user's next thinking time; NaN: there is no such user. */
  private nextThink = new Float64Array(64).fill(NaN);
  /** Users that the curve had at the last event; fewer now, if it has fallen since. */
  private level = 0;
  private instant = -1;
  private returnsAtInstant = 0;

  /**
   * @param name stream of the thinking times
   * @param send called with a user who sends a request
   */
  constructor(
    settings: UserSettings,
    simulation: Simulation,
    streams: RandomStreams,
    name: string,
    send: (user: number) => void,
  ) {
    const { family } = settings.think;
    this.curve = new PopulationCurve(settings.points);
    this.think = new DurationLaw(settings.think);
    this.thinkDraws = standardVariates(streams, name, settings.think);
    this.simulation = simulation;
    this.send = send;
    this.joining = new EventSource(simulation, RANK.arrival, () => {
      this.follow();
    });
    this.thinking = new Delays(simulation, RANK.arrival, family, (user) => {
      this.act(user);
    });
    // The first users are there at the start, and not one event later.
    this.follow();
  }

  /** Changes the population and the law of thinking; who thinks already, thinks on as before. */
  apply({ points, think }: UserSettings): void {
    const { now } = this.simulation;
    this.level = Math.min(this.level, this.curve.before(now), this.curve.at(now));
    this.curve = new PopulationCurve(points);
    this.think = new DurationLaw(think);
    this.thinkDraws.reshape(think);
    this.follow();
  }

  /** Users who think at the moment. */
  get thinkingNow(): number {
    return this.thinking.size;
  }

  /** Users that there must be: those of the curve, and those who have not left yet. O(users). */
  count(): number {
    // The curve may be a rounding ahead of the event at which its next user joins.
    const ofCurve = Math.min(this.level, this.curve.at(this.simulation.now));
    let users = ofCurve;
    for (let user = ofCurve; user < this.nextThink.length; user++) {
      if (this.isPresent(user)) users++;
    }
    return users;
  }

  /** A request arrives: how long its user will think after it is decided. */
  drawThink(user: number): void {
    this.nextThink[user] = this.thinkDraws.next();
  }

  /** The user's request is over: completed, failed for good, or abandoned. */
  outcome(user: number, arrivalAt: number): void {
    const { now } = this.simulation;
    if (arrivalAt === now) this.guardInstant(now);
    this.startThinking(user);
  }

  /** Brings the users up to the curve: those who are new begin to think. */
  private follow(): void {
    const { curve } = this;
    const { now } = this.simulation;
    const population = curve.at(now);
    for (let user = Math.min(this.level, curve.before(now)); user < population; user++) {
      if (!this.isPresent(user)) this.join(user);
    }
    this.level = population;
    this.simulation.schedule(this.joining, curve.nextRise(now, population + 1));
  }

  private join(user: number): void {
    if (user >= this.nextThink.length) this.makeRoom();
    this.present++;
    this.drawThink(user);
    this.startThinking(user);
  }

  private startThinking(user: number): void {
    const thinkNs = this.think.duration(this.nextThink[user] as number);
    this.thinking.push(this.simulation.now + thinkNs, user);
  }

  /** The user has thought: a request, unless the curve has no such user any more. */
  private act(user: number): void {
    if (user < this.curve.at(this.simulation.now)) {
      this.send(user);
      return;
    }
    this.nextThink[user] = NaN;
    this.present--;
  }

  private isPresent(user: number): boolean {
    return user < this.nextThink.length && !Number.isNaN(this.nextThink[user]);
  }

  private makeRoom(): void {
    const { length } = this.nextThink;
    this.nextThink = widenFloats(this.nextThink, 2 * length).fill(NaN, length);
  }

  /** Stops users who go round within one instant, where simulated time would never move on. */
  private guardInstant(now: number): void {
    if (now !== this.instant) {
      this.instant = now;
      this.returnsAtInstant = 0;
    }
    if (++this.returnsAtInstant <= LEAST_RETURNS + MOST_ROUNDS_AT_ONCE * this.present) return;
    throw new SimulationLimit(
      'zero-time-loop',
      now,
      `time stands still: ${String(this.present)} users sent more than ` +
        `${String(this.returnsAtInstant - 1)} requests at one instant (each had its outcome at once, and ` +
        'traffic.think is 0); give them time to think',
    );
  }
}
