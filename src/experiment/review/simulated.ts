/** A scenario → what a review looks at: pools, instances, database, callers, nested transactions, surge. */
import { lawMean } from '../../engine/law.ts';
import { deepestHold } from '../../model/database/work-parts.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { TrafficSettings } from '../../model/traffic/settings.ts';
import { genericAsProfile } from '../../scenario/generic-profile.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import { isMap, valueAt, type Path } from '../../scenario/path.ts';
import { inFront, productPools, type ProductPool } from '../../scenario/product-pools.ts';
import type { PlaceOf } from '../../scenario/parse-scenario.ts';
import { settingNamed, spellingsOf, type NativeValues } from '../../scenario/profiles.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { present } from './configured.ts';
import type { Known, ReviewFacts, ReviewPool, ReviewService } from './facts.ts';

/** A scenario that was read, and where what it says stands. */
export interface ScenarioRead {
  readonly file: string;
  readonly scenario: Scenario;
  readonly placeOf: PlaceOf;
}

export function simulated(read: ScenarioRead): ReviewFacts {
  const { system } = read.scenario;
  const { database, services } = system;
  const lines = new Lines(read);
  const products = productPools(read.scenario.document);
  const productOf = (name: string) => products.find(({ service }) => service === name);
  const pooler = productOf(inFront);
  const connectNs = lawMean(database.connectLatency);
  return {
    services: services.map((service) => serviceOf(service, services.length, lines, productOf)),
    poolers:
      pooler === undefined || database.pooler === undefined
        ? []
        : [withProduct(pooler, database.pooler.pool, lines)],
    ...present({
      maxConnections:
        database.maxConnections === Infinity
          ? undefined
          : lines.known(['database', 'maxConnections'], database.maxConnections),
      connectNs: connectNs > 0 ? lines.known(['database', 'connect'], connectNs) : undefined,
    }),
    reserved: lines.known(['database', 'reservedConnections'], database.reservedConnections),
    others: lines.known(['database', 'otherConnections'], database.otherConnections),
  };
}

/** Where things stand in the file. */
class Lines {
  readonly document: unknown;
  private readonly placeOf: PlaceOf;

  constructor({ scenario, placeOf }: ScenarioRead) {
    this.document = scenario.document;
    this.placeOf = placeOf;
  }

  at(path: Path): Place {
    return this.placeOf(path).place;
  }

  /** A fact of the scenario; one that it leaves to the format is a default. */
  known<T>(path: Path, value: T): Known<T> {
    const isWritten = valueAt(this.document, path) !== undefined;
    return isWritten
      ? { value, source: { kind: 'file', place: this.at(path) } }
      : { value, source: { kind: 'default', of: 'the scenario format' } };
  }
}

function serviceOf(
  service: ServiceSettings,
  count: number,
  lines: Lines,
  productOf: (name: string) => ProductPool | undefined,
): ReviewService {
  const isOnly = !isMap(valueAt(lines.document, ['services']));
  const base: Path = isOnly ? [] : ['services', service.name];
  const own: Path = isOnly ? ['service'] : base;
  const { concurrency, client } = service;
  const product = productOf(service.name);
  const depth = Math.max(...service.requests.map(({ work }) => deepestHold(work)));
  const surge = surgeOf(service.traffic);
  const path: Path = [...own, 'pool'];
  return {
    name: count > 1 ? service.name : null,
    pools: [
      product === undefined
        ? genericPoolOf(service, path, lines)
        : withProduct(product, service.pool, lines),
    ],
    replicas: lines.known([...own, 'instances'], service.instances),
    connectionsPerRequest: lines.known([...base, 'requests'], depth),
    ...present({
      threads:
        concurrency === Infinity ? undefined : lines.known([...own, 'concurrency'], concurrency),
      callerTimeoutNs:
        client.timeoutNs === Infinity
          ? undefined
          : lines.known([...base, 'traffic', 'client', 'timeout'], client.timeoutNs),
      surgePerSecond: surge === null ? undefined : lines.known(trafficPath(base, lines), surge),
    }),
  };
}

/** Where the rates are written, whichever way. */
function trafficPath(base: Path, { document }: Lines): Path {
  const all = ['surges', 'stages', 'stairs', 'rate'].map((key) => [...base, 'traffic', key]);
  return all.find((path) => valueAt(document, path) !== undefined) ?? [...base, 'traffic'];
}

/** The highest rate, if it is higher than that at the start. */
function surgeOf({ rate }: TrafficSettings): number | null {
  const highest = Math.max(...rate.map(({ perSecond }) => perSecond));
  return highest > (rate[0]?.perSecond ?? 0) ? highest : null;
}

function withProduct(
  { product, values, path }: ProductPool,
  settings: ReviewPool['settings'],
  lines: Lines,
): ReviewPool {
  const map = valueAt(lines.document, path);
  const written = new Map<string, Place>();
  for (const name of Object.keys(values)) {
    const setting = settingNamed(product, name);
    const spellings = setting === undefined ? [name] : spellingsOf(product, setting);
    const key = spellings.find((one) => isMap(map) && one in map) ?? name;
    written.set(name, lines.at([...path, key]));
  }
  return { name: null, profile: product, settings, values, written, place: lines.at(path) };
}

function genericPoolOf({ pool }: ServiceSettings, path: Path, lines: Lines): ReviewPool {
  const map = valueAt(lines.document, path);
  const values = Object.fromEntries(
    Object.entries(isMap(map) ? map : {}).filter(([key]) => key !== 'profile'),
  ) as NativeValues;
  const written = new Map(Object.keys(values).map((key) => [key, lines.at([...path, key])]));
  return {
    name: null,
    profile: genericAsProfile,
    settings: pool,
    values,
    written,
    place: lines.at(path),
  };
}
