/** What two percentiles say about the mean, which they do not fix: a warning for each that is used. */
import { lawMean } from '../engine/law.ts';
import { formatDuration } from './duration.ts';
import { resolveLaw, writtenPercentiles, type WrittenLaw } from './law-schema.ts';
import type { Path } from './path.ts';
import { problem, type Problem } from './problem.ts';
import type { WrittenScenario } from './scenario-schema.ts';
import type { WrittenClass } from './system.ts';

type WrittenClient = NonNullable<WrittenScenario['traffic']>['client'];

/** One warning for each distribution of the scenario that is written by its percentiles. */
export function impliedMeans(written: WrittenScenario): Problem[] {
  const { services, traffic, requests, database } = written;
  const traffics: [Path, { readonly think?: WrittenLaw | undefined } | undefined][] =
    services === undefined
      ? [[['traffic'], traffic]]
      : Object.entries(services).map(([name, s]) => [['services', name, 'traffic'], s.traffic]);
  const mixes: [Path, WrittenClass | WrittenClass[]][] =
    services === undefined
      ? [[['requests'], requests ?? []]]
      : Object.entries(services).map(([name, s]) => [['services', name, 'requests'], s.requests]);
  return [
    ...traffics.flatMap(([path, { think } = {}]) =>
      think === undefined ? [] : ofLaw(think, [...path, 'think']),
    ),
    ...mixes.flatMap(([path, mix]) => {
      if (!Array.isArray(mix)) return ofClass(mix, path);
      return mix.flatMap((item, i) => ofClass(item, [...path, i]));
    }),
    ...clientsOf(written).flatMap(([path, { patience }]) => ofLaw(patience, [...path, 'patience'])),
    ...ofLaw(database.connect.latency, ['database', 'connect', 'latency']),
  ];
}

function clientsOf({ traffic, services }: WrittenScenario): [Path, WrittenClient][] {
  const at = ['traffic', 'client'];
  if (traffic !== undefined) return [[at, traffic.client]];
  const entries = Object.entries(services ?? {});
  return entries.map(([name, s]) => [['services', name, ...at], s.traffic.client]);
}

function ofClass({ query, hold }: WrittenClass, path: Path): Problem[] {
  return [
    ...(query === undefined ? [] : ofLaw(query, [...path, 'query'])),
    ...(hold === undefined ? [] : ofLaw(hold, [...path, 'hold'])),
  ];
}

function ofLaw(written: WrittenLaw, path: Path): Problem[] {
  const pair = writtenPercentiles(written);
  if (pair === null) return [];
  const mean = Number(lawMean(resolveLaw(written)).toPrecision(3));
  const [p50, p99] = [formatDuration(pair.p50), formatDuration(pair.p99)];
  const message = `p50 ${p50} and p99 ${p99} imply a mean of ${formatDuration(Math.round(mean))} (lognormal)`;
  return [problem(path, 'implied-mean', message)];
}
