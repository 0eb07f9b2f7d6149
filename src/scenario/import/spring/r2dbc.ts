/** The reactive pool of a Spring application: `spring.r2dbc.pool`. */
import type { Place } from '../configuration.ts';
import { faultAt, foundPool, type Dialect } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { profileOf } from '../written.ts';
import { writtenBelow, type DataSources } from './data-sources.ts';
import type { Property } from './property.ts';
import { springValue } from './spring-values.ts';

const BASE = 'spring.r2dbc';

const dialect = (): Dialect => ({
  profile: profileOf('r2dbc-pool'),
  names: 'relaxed',
  textual: true,
  meant: springValue,
  besides: {
    'is about how a connection is checked': ['validation-query'],
    'says that there is a pool': ['enabled'],
  },
});

/** The pool, if anything is said of R2DBC; `name` for when there are others. */
export function reactivePool(
  properties: readonly Property[],
  context: ImportContext,
  name: string | null,
): DataSources {
  const own = properties.filter((property) => property.name.startsWith(`${BASE}.`));
  const [first] = own;
  if (first === undefined) return { pools: [], leftOut: [], faults: [] };
  const off = own.find((one) => one.name === `${BASE}.pool.enabled` && isOff(one.value));
  if (off !== undefined) {
    const message =
      'switches the pool off, and without one there is nothing to model; take it out, or write a pool into the scenario';
    return { pools: [], leftOut: [], faults: [faultAt(off, 'no-pool', message)] };
  }
  const written = own.flatMap((one) => writtenBelow(one, `${BASE}.pool`));
  const place: Place = written[0]?.place ?? first.place;
  const found = foundPool(dialect(), written, { name, place, variables: context.variables });
  const rest = own.filter((one) => !one.name.startsWith(`${BASE}.pool.`));
  const besides = rest.map((one) => {
    const isAccess = /\.(?:username|password)$/.test(one.name);
    const why = isAccess ? 'says who connects' : 'says where the database is';
    return { key: one.key, place: one.place, why };
  });
  return { pools: [found.pool], leftOut: [...found.leftOut, ...besides], faults: found.faults };
}

function isOff(value: unknown): boolean {
  return /^(?:false|off|no|0)$/i.test(String(value).trim());
}
