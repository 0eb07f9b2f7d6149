/** Wires the rooms of the model into a running system, and carries out the changes of the timeline. */
import { EventSource, Simulation } from '../engine/simulation.ts';
import { RandomStreams } from '../engine/random-streams.ts';
import { AlertRule, type Firing } from './control/alerts.ts';
import type { AlertSettings, DistributionName } from './control/settings.ts';
import { Database } from './database/database.ts';
import { deepestHold, lawsOf } from './database/work-parts.ts';
import type { EventLog } from './event-log.ts';
import { MeterReader, type Snapshot } from './meters/snapshot.ts';
import { plainKind } from './plain/plain-kind.ts';
import { LOOK_AFTER, PlainRun } from './plain/plain-run.ts';
import { countCpuShares } from './meters/head-count.ts';
import { readUnderWay, type UnderWay } from './meters/under-way.ts';
import { SERVICE, STATE_OF, STRIDE, RequestTable, STATE } from './request/request-table.ts';
import { Pool } from './pool/pool.ts';
import { Pooler } from './pooler/pooler.ts';
import { RANK } from './schedule/ranks.ts';
import { RollingRestart } from './service/rolling-restart.ts';
import { Service } from './service/service.ts';
import type { ServiceSettings } from './service/settings.ts';
import type { Change, LossNotice, SystemSettings } from './settings.ts';
import { SimulationLimit } from './simulation-limit.ts';

/** Requests in flight at once, unless said otherwise. */
export const MOST_IN_FLIGHT = 20_000_000;

interface SystemOptions {
  readonly settings: SystemSettings;
  /** In order of time. */
  readonly changes: readonly Change[];
  readonly alerts: readonly AlertSettings[];
  /** Names all random streams of the run. */
  readonly seed: string;
  readonly mostInFlight: number;
  readonly log: EventLog | null;
  /** Distributions of which its readings give quantiles; all, unless said otherwise. */
  readonly asked?: ReadonlySet<DistributionName>;
  /** After how many events the plain flow may take over; Infinity: never, for those who compare both. */
  readonly plainAfter?: number;
  /** Whether the general flow takes its turns for the sake of the certificate, see `PlainRun`; yes, unless false. */
  readonly takesTurns?: boolean;
  /** Whether the general pool is used even where the plain one would do, for those who compare both. */
  readonly generalPool?: boolean;
}

export class System {
  readonly simulation = new Simulation();
  readonly services: readonly Service[];
  readonly database: Database;
  /** In front of the database; null: none. */
  readonly pooler: Pooler | null;
  readonly firings: Firing[] = [];
  private readonly options: SystemOptions;
  private readonly table: RequestTable;
  private readonly meters: MeterReader;
  private readonly mostInFlight: number;
  /** Takes over while all is plain; null when this system never is. */
  readonly plain: PlainRun | null;

  constructor(options: SystemOptions) {
    const { settings, changes } = options;
    const { simulation } = this;
    this.options = options;
    this.mostInFlight = options.mostInFlight;
    const table = new RequestTable(options.mostInFlight, stepSpace(settings));
    this.table = table;
    const streams = new RandomStreams(options.seed);
    this.database = new Database(settings.database, simulation, table, streams, (slot) => {
      (this.services[table.marks[slot * STRIDE + SERVICE] as number] as Service).workDone(slot);
    });
    this.pooler = this.poolerOf(settings, streams);
    const isGeneral = options.generalPool === true || needsGeneralPools(settings);
    this.services = settings.services.map(
      (service, index) =>
        new Service({
          index,
          settings: service,
          capacity: mostInstances(index, settings, changes),
          mayReconnect: settingsOf(index, settings, changes).some((s) => s.pool.reconnectShare > 0),
          simulation,
          table,
          streams,
          database: this.database,
          pooler: this.pooler,
          services: settings.services.length,
          log: options.log,
          isGeneral,
          tableFull: () => this.tableFull(),
        }),
    );
    this.meters = new MeterReader(this.services, this.database, this.pooler, options.asked ?? null);
    this.scheduleChanges(changes);
    for (const rule of options.alerts) new AlertRule(rule, this, this.firings);
    const { log, plainAfter = LOOK_AFTER } = options;
    this.plain = log === null && plainAfter < Infinity ? this.plainRun(options, plainAfter) : null;
  }

  private poolerOf({ database }: SystemSettings, streams: RandomStreams): Pooler | null {
    if (database.pooler === undefined) return null;
    const wayOf = (slot: number) => {
      const index = this.table.marks[slot * STRIDE + SERVICE] as number;
      return (this.services[index] as Service).flow.poolerWay;
    };
    return new Pooler(database.pooler, this.simulation, this.database, streams, {
      served: (slot, openedSince) => wayOf(slot)?.served(slot, openedSince),
      failed: (slot, reason) => wayOf(slot)?.failed(slot, reason),
      waits: (slot) => {
        const state = this.table.marks[slot * STRIDE + STATE_OF];
        return state === STATE.pending || state === STATE.pooled;
      },
    });
  }

  /** The plain flow, if this system is plain. */
  private plainRun(
    { settings, changes, mostInFlight, takesTurns = true }: SystemOptions,
    plainAfter: number,
  ): PlainRun | null {
    const [service] = this.services;
    const kind = plainKind(settings, changes);
    if (service === undefined || kind === null) return null;
    const { simulation, database, table } = this;
    const { pool } = service;
    if (!(pool instanceof Pool)) return null;
    const tableFull = (): never => this.tableFull();
    return new PlainRun(
      { simulation, service, pool, database, table, mostInFlight, tableFull },
      kind,
      plainAfter,
      takesTurns,
    );
  }

  /** Simulates up to and including an instant; false when `budget` events did not get there. */
  runUntil(atNs: number, budget?: number): boolean {
    const { plain, simulation } = this;
    const isThere =
      plain === null ? simulation.runUntil(atNs, budget) : plain.runUntil(atNs, budget ?? Infinity);
    if (!isThere) return false;
    for (const service of this.services) {
      service.pool.audit(atNs);
      service.gate.audit();
      service.auditNesting();
    }
    this.pooler?.audit();
    return true;
  }

  /** Reads all meters now. */
  snapshot(): Snapshot {
    return this.meters.read(this.simulation.now);
  }

  /** Requests that have arrived so far. */
  get arrived(): number {
    return this.services.reduce((sum, service) => sum + service.meters.arrived, 0);
  }

  /** When the first pool began to be short, see `pool/onset`; Infinity: none was. */
  get onsetNs(): number {
    return Math.min(...this.services.map((service) => service.pool.onset.at));
  }

  /** Requests that have arrived and whose outcome is not known yet. */
  get inFlight(): number {
    return this.underWay().inFlight;
  }

  /** What those have spent so far whose way has not ended, counted and not derived. */
  underWay(): UnderWay {
    this.plain?.leave();
    return readUnderWay(this.table, this.simulation.now);
  }

  /** CPU shares of all queries at work, counted and not derived. O(slots). */
  cpuShares(): number {
    return countCpuShares(this.table, this.database.kind);
  }

  /** Rooms whose settings are not those that the timeline has set by now. O(changes). */
  strayRooms(): number {
    let { settings } = this.options;
    for (const change of this.options.changes) {
      if (change.kind === 'set' && change.atNs <= this.simulation.now) settings = change.settings;
    }
    const strays = this.services.map((service, i) =>
      service.strayFrom(settings.services[i] as ServiceSettings),
    );
    const follows =
      this.database.settings === settings.database &&
      this.pooler?.settings === settings.database.pooler;
    return strays.reduce((a, b) => a + b, follows ? 0 : 1);
  }

  private scheduleChanges(changes: readonly Change[]): void {
    const actions = changes.map((change) => ({ atNs: change.atNs, act: this.actionOf(change) }));
    let next = 0;
    const source = new EventSource(this.simulation, RANK.change, () => {
      actions[next++]?.act();
      this.simulation.schedule(source, actions[next]?.atNs ?? Infinity);
    });
    this.simulation.schedule(source, actions[0]?.atNs ?? Infinity);
  }

  private actionOf(change: Change): () => void {
    if (change.kind === 'set') {
      return () => {
        this.apply(change.settings);
      };
    }
    if (change.kind === 'outage') {
      return () => {
        this.fail(change.lastsNs, change.noticed);
      };
    }
    const service = this.services[change.service] as Service;
    const restart = new RollingRestart(service, this.simulation, change.eachNs);
    return () => {
      restart.begin();
    };
  }

  /** The server drops all connections. */
  private fail(lastsNs: number, noticed: LossNotice): void {
    const { losses, slots } = this.database;
    losses.begin(lastsNs, noticed, slots.open, this.simulation.now);
    if (noticed === 'by-check') return;
    const isSilent = noticed === 'in-use';
    this.pooler?.loseServers(isSilent);
    for (const service of this.services) service.loseConnections(isSilent);
  }

  private apply(settings: SystemSettings): void {
    const { database } = settings;
    this.database.apply(database);
    if (database.pooler !== undefined) this.pooler?.apply(database.pooler);
    this.services.forEach((service, i) => {
      service.apply(settings.services[i] as ServiceSettings);
    });
  }

  private tableFull(): never {
    const { table, plain } = this;
    const inLine = plain?.waiting ?? 0;
    const beside: Partial<Record<number, number>> = {
      [STATE.pending]: inLine,
      [STATE.working]: plain?.sharing ?? 0,
    };
    const places = this.services.flatMap(({ name }, service) =>
      WAITING_PLACES.map(({ state, words }) => ({
        words: `${words} of ${name}`,
        count: countIn(table, service, state) + (beside[state] ?? 0),
      })),
    );
    const fullest = places.reduce((a, b) => (b.count > a.count ? b : a));
    const inFlight = table.inUse + (plain?.inSystem ?? 0);
    const limit = inFlight >= this.mostInFlight ? '' : ' and the machine has no memory for more';
    throw new SimulationLimit(
      'too-many-in-flight',
      this.simulation.now,
      `${String(inFlight)} requests are in flight${limit}: ${String(fullest.count)} of them ` +
        `${fullest.words}, and nothing bounds that; set an acquire timeout, a client timeout or a queue`,
    );
  }
}

/** Where requests may pile up. */
const WAITING_PLACES = [
  { state: STATE.pending, words: 'wait for a connection' },
  { state: STATE.queued, words: 'wait in the own queue' },
  { state: STATE.backoff, words: 'wait before a retry' },
  { state: STATE.pooled, words: 'wait at the pooler' },
  { state: STATE.working, words: 'run in the database, for clients' },
] as const;

/**
 * Whether some pool must be a product's, or has a pooler behind it. All are general then, the generic ones
 * too: a run has one kind of pool, so that each call in it leads to one method.
 */
function needsGeneralPools({ services, database }: SystemSettings): boolean {
  return database.pooler !== undefined || services.some(({ pool }) => pool.profile !== 'generic');
}

function countIn({ marks, highWater }: RequestTable, service: number, state: number): number {
  let count = 0;
  for (let at = 0; at < highWater * STRIDE; at += STRIDE) {
    if (marks[at + STATE_OF] === state && marks[at + SERVICE] === service) count++;
  }
  return count;
}

function mostInstances(
  service: number,
  settings: SystemSettings,
  changes: readonly Change[],
): number {
  return Math.max(...settingsOf(service, settings, changes).map((s) => s.instances));
}

/** All that a service is set to during the run. */
function settingsOf(
  service: number,
  settings: SystemSettings,
  changes: readonly Change[],
): ServiceSettings[] {
  const all = [settings, ...changes.flatMap((c) => (c.kind === 'set' ? [c.settings] : []))];
  return all.flatMap((s) => s.services[service] ?? []);
}

/** What the steps of a request need in the table: neither can change during a run. */
function stepSpace({ services }: SystemSettings): { draws: number; depth: number } {
  const works = services.flatMap((s) => s.requests.map(({ work }) => work));
  const stepped = works.filter(({ kind }) => kind === 'steps');
  return {
    draws: Math.max(0, ...stepped.map((work) => lawsOf(work).length)),
    depth: Math.max(0, ...stepped.map(deepestHold)),
  };
}
