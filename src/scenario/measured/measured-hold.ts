/** The holds of a document that say at which rate they were measured. */
import { lawMean } from '../../engine/law.ts';
import type { Files } from '../files.ts';
import { measuredLaw, resolveLaw, writtenPercentiles, type WrittenLaw } from '../law-schema.ts';
import { entry, isList, isMap, type Path } from '../path.ts';
import { check } from '../problem.ts';
import { type Figures, figuresOf, shapeOf, type Shape } from './work-figures.ts';

/** How long connections of a class of requests were out. */
export interface MeasuredHold {
  /** Of the class. */
  readonly path: Path;
  /** Numbers of service and class in the resolved system. */
  readonly service: number;
  readonly index: number;
  readonly written: WrittenLaw;
  readonly shape: Shape;
  readonly figures: Figures;
  readonly meanNs: number;
  /** Of all requests of the service. */
  readonly perSecond: number;
  /** As written; left out: all of the work is CPU. */
  readonly cpu: number | undefined;
  /** Whether it is used as it was measured, whatever the database does. */
  readonly isUsedAsItIs: boolean;
}

/** All that can be read; what is wrong with the others the schema says. */
export function measuredHolds(document: unknown, files: Files): MeasuredHold[] {
  return mixesOf(document).flatMap(([path, requests], service) =>
    (isList(requests) ? requests : [requests]).flatMap((one, index) => {
      const place = isList(requests) ? [...path, index] : path;
      const hold = readHold(entry(one, 'hold'), files);
      return hold === null ? [] : [{ ...hold, path: place, service, index }];
    }),
  );
}

/** The requests of each service, in the order of the resolved system. */
function mixesOf(document: unknown): [Path, unknown][] {
  const services = entry(document, 'services');
  if (!isMap(services)) return [[['requests'], entry(document, 'requests')]];
  return Object.entries(services).map(([name, service]) => [
    ['services', name, 'requests'],
    entry(service, 'requests'),
  ]);
}

function readHold(value: unknown, files: Files) {
  if (!isMap(value) || !('measuredAt' in value)) return null;
  const checked = check(measuredLaw, value);
  if (!checked.ok || typeof checked.value === 'number') return null;
  const written = checked.value;
  if (written.measuredAt === undefined) return null;
  const law = resolveLaw(written, files);
  const percentiles = writtenPercentiles(written);
  return {
    written,
    shape: shapeOf(percentiles),
    figures: figuresOf(law, percentiles),
    meanNs: lawMean(law),
    perSecond: written.measuredAt,
    cpu: written.cpu,
    isUsedAsItIs: written.contention === 'none',
  };
}
