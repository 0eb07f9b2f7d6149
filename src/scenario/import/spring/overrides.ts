/**
 * Variables that set Spring's properties: SPRING_DATASOURCE_HIKARI_MAXIMUMPOOLSIZE of the environment, and
 * spring.datasource.hikari.maximum-pool-size as java -D and the command line give it. Both win over files.
 */
import type { Place } from '../configuration.ts';
import { relaxed } from '../found-pool.ts';
import type { Variables } from '../variables.ts';
import { partsOf, uniform, type Property } from './property.ts';

/** Properties that a variable may set and no file has to name first. */
const KNOWN = [
  'spring.datasource.hikari.*',
  'spring.datasource.tomcat.*',
  'spring.datasource.dbcp2.*',
  'spring.datasource.*',
  'spring.r2dbc.pool.*',
  'spring.r2dbc.*',
  'spring.threads.virtual.enabled',
  'server.tomcat.threads.max',
  'server.tomcat.max-threads',
  'server.jetty.threads.max',
  'server.undertow.threads.worker',
];

/** The properties of the files, with what variables set in their place; `home` is where others stand. */
export function overridden(
  properties: ReadonlyMap<string, Property>,
  variables: Variables,
  home: Place,
): ReadonlyMap<string, Property> {
  const bases = [...new Set([...properties.values()].flatMap(hikariBase))];
  const patterns = [...bases.map((base) => `${base}.*`), ...KNOWN];
  const set = new Map<string, Property>();
  for (const variable of variables.names()) {
    const parts = partsSet(variable, patterns);
    if (parts === null || set.has(uniform(parts))) continue;
    const name = uniform(parts);
    const found = variables.find(variable);
    const place = found?.place ?? properties.get(name)?.place ?? home;
    set.set(name, { name, parts, key: variable, value: found?.value, place });
  }
  return new Map([...properties, ...set]);
}

/** The map around HikariCP's settings, as the file writes it. */
function hikariBase({ parts }: Property): string[] {
  const at = parts.findIndex((part) => relaxed(part) === 'hikari');
  return at < 1 || at === parts.length - 1 ? [] : [parts.slice(0, at + 1).join('.')];
}

/** The parts of the property that a variable sets, null when it sets none. */
function partsSet(variable: string, patterns: readonly string[]): string[] | null {
  if (variable.includes('.')) {
    const parts = partsOf(variable);
    return patterns.some((pattern) => matches(uniform(parts), pattern)) ? parts : null;
  }
  for (const pattern of patterns) {
    const isOpen = pattern.endsWith('.*');
    const parts = partsOf(isOpen ? pattern.slice(0, -2) : pattern);
    const rest = restOf(variable.toUpperCase(), parts);
    if (rest === null || isOpen === (rest === '')) continue;
    return isOpen ? [...parts, rest.toLowerCase()] : parts;
  }
  return null;
}

function matches(name: string, pattern: string): boolean {
  const known = uniform(partsOf(pattern.replace('.*', '')));
  return pattern.endsWith('.*') ? name.startsWith(`${known}.`) : name === known;
}

/** What follows these parts in the name of a variable; dashes are nothing in it, or another _. */
function restOf(variable: string, parts: readonly string[]): string | null {
  const spellings = [relaxed, (part: string) => part.replace(/-/g, '_')].map((spelled) =>
    parts.map(spelled).join('_').toUpperCase(),
  );
  if (spellings.includes(variable)) return '';
  const prefix = spellings.find((one) => variable.startsWith(`${one}_`));
  return prefix === undefined ? null : variable.slice(prefix.length + 1);
}
