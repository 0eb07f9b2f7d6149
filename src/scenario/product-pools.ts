/** The real pools of a document, each with what is written of it. */
import { entry, isMap, valueAt, type Path } from './path.ts';
import { poolSchema } from './pool-schema.ts';
import type { WrittenProduct } from './product-pool.ts';
import { onlyService } from './system.ts';

export interface ProductPool extends WrittenProduct {
  /** The service that has it, or `inFront`. */
  readonly service: string;
  readonly path: Path;
}

/** In place of a service: the pool of the pooler in front of the database. */
export const inFront = 'database.pooler';

/** Those that can be read, in the order of the services; that of a pooler comes last. */
export function productPools(document: unknown): ProductPool[] {
  const services = entry(document, 'services');
  const places: (readonly [string, Path])[] = isMap(services)
    ? Object.keys(services).map((name) => [name, ['services', name, 'pool']])
    : [[onlyService, ['service', 'pool']]];
  places.push([inFront, ['database', 'pooler', 'pool']]);
  return places.flatMap(([service, path]) => {
    const read = poolSchema.safeParse(valueAt(document, path), { jitless: true });
    return read.success && 'product' in read.data ? [{ ...read.data, service, path }] : [];
  });
}
