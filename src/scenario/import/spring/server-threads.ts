/** How many requests one instance of a Spring application serves at once. */
import type { Fault } from '../../fault.ts';
import type { Found, LeftOut } from '../findings.ts';
import { faultAt, showHarmless } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { uniform, type Property } from './property.ts';

/** Keys of the servers that Spring Boot knows; older ones after those that win over them. */
const KEYS = [
  'server.tomcat.threads.max',
  'server.tomcat.max-threads',
  'server.jetty.threads.max',
  'server.undertow.threads.worker',
];

export interface ServerThreads {
  readonly threads?: Found<number>;
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

export function serverThreads(
  properties: ReadonlyMap<string, Property>,
  { variables }: ImportContext,
): ServerThreads {
  const [found, ...others] = KEYS.flatMap((key) => properties.get(uniform(key.split('.'))) ?? []);
  if (found === undefined) return { leftOut: [], faults: [] };
  const { key, place } = found;
  const virtual = properties.get('spring.threads.virtual.enabled');
  if (virtual !== undefined && /^\s*true\s*$/i.test(String(virtual.value))) {
    const why = `has no effect: ${virtual.key} gives each request a thread of its own`;
    return { leftOut: [{ key, place, why }], faults: [] };
  }
  const why = `has no effect beside ${key}`;
  const leftOut = others.map((other) => ({ key: other.key, place: other.place, why }));
  const text = variables.resolve(String(found.value), place);
  if (!text.ok) return { leftOut, faults: [faultAt(found, text.code, text.message)] };
  if (/^\s*[1-9]\d{0,5}\s*$/.test(text.value))
    return { threads: { value: Number(text.value), key, place }, leftOut, faults: [] };
  const message = `${showHarmless(text.value)} is not allowed; a whole number from 1 to 999999 is needed`;
  return { leftOut, faults: [faultAt(found, 'out-of-range', message)] };
}
