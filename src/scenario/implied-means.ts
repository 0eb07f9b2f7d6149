/** What percentiles say about the mean, which they do not fix: a warning for each that is used. */
import { lawMean } from '../engine/law.ts';
import { formatDuration } from './duration.ts';
import type { Files } from './files.ts';
import { resolveLaw, writtenPercentiles, type WrittenLaw } from './law-schema.ts';
import type { Path } from './path.ts';
import { percentilesWords, roughly, type Percentiles } from './percentiles.ts';
import { problem, type Problem } from './problem.ts';
import type { WrittenScenario } from './scenario-schema.ts';
import type { WrittenClass } from './system.ts';

type WrittenClient = NonNullable<WrittenScenario['traffic']>['client'];

/** One warning for each distribution of the scenario that is written by its percentiles. */
export function impliedMeans(written: WrittenScenario, files: Files): Problem[] {
  const { services, traffic, requests, database } = written;
  const traffics: [Path, { readonly think?: WrittenLaw | undefined } | undefined][] =
    services === undefined
      ? [[['traffic'], traffic]]
      : Object.entries(services).map(([name, s]) => [['services', name, 'traffic'], s.traffic]);
  const mixes: [Path, WrittenClass | WrittenClass[]][] =
    services === undefined
      ? [[['requests'], requests ?? []]]
      : Object.entries(services).map(([name, s]) => [
          ['services', name, 'requests'],
          s.requests ?? [],
        ]);
  return [
    ...traffics.flatMap(([path, { think } = {}]) =>
      think === undefined ? [] : ofLaw(think, [...path, 'think'], files),
    ),
    ...mixes.flatMap(([path, mix]) => {
      if (!Array.isArray(mix)) return ofClass(mix, path, files);
      return mix.flatMap((item, i) => ofClass(item, [...path, i], files));
    }),
    ...clientsOf(written).flatMap(([path, { patience }]) =>
      ofLaw(patience, [...path, 'patience'], files),
    ),
    ...ofLaw(database.connect.latency, ['database', 'connect', 'latency'], files),
  ];
}

function clientsOf({ traffic, services }: WrittenScenario): [Path, WrittenClient][] {
  const at = ['traffic', 'client'];
  if (traffic !== undefined) return [[at, traffic.client]];
  const entries = Object.entries(services ?? {});
  return entries.map(([name, s]) => [['services', name, ...at], s.traffic.client]);
}

function ofClass({ query, hold }: WrittenClass, path: Path, files: Files): Problem[] {
  return [
    ...(query === undefined ? [] : ofLaw(query, [...path, 'query'], files)),
    ...(hold === undefined ? [] : ofLaw(hold, [...path, 'hold'], files)),
  ];
}

/** What a distribution that is written by percentiles or a mean alone leaves to be assumed. */
export function ofLaw(written: WrittenLaw, path: Path, files: Files): Problem[] {
  const pair = writtenPercentiles(written);
  if (pair === null) return ofMean(written, path);
  const { mean, ...percentiles } = pair;
  const law = resolveLaw(written, files);
  if (mean !== undefined) return law.family === 'percentiles' ? ofP95(pair, law.p95, path) : [];
  const family = pair.p95 === undefined ? 'lognormal' : 'lognormal in two pieces';
  const message = `${percentilesWords(percentiles)} imply a mean of ${roughly(lawMean(law))} (${family})`;
  return [problem(path, 'implied-mean', message)];
}

function ofMean(written: WrittenLaw, path: Path): Problem[] {
  if (typeof written === 'number' || !('mean' in written) || written.mean === undefined) return [];
  const message = `of ${formatDuration(written.mean)} only the mean is known; it is taken as exponential, which p50 and p99 beside it would say better`;
  return [problem(path, 'assumed-shape', message)];
}

/** A mean that is given goes before the p95. */
function ofP95({ p50, p95, p99, mean = 0 }: Percentiles, follows: number, path: Path): Problem[] {
  if (p95 === undefined) return [];
  const message = `the mean ${formatDuration(mean)} goes before p95 ${formatDuration(p95)}; with ${percentilesWords({ p50, p99 })} it makes p95 ${roughly(follows)}`;
  return [problem(path, 'mean-before-p95', message)];
}
