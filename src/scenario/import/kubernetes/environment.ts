/**
 * Environment variables of a container: plain values, and those of ConfigMaps that are at hand. What is in
 * a Secret, or known only when the pod starts, is left out.
 */
import { isList, isMap, type Path } from '../../path.ts';
import type { Found } from '../findings.ts';
import type { DocumentFields } from './fields.ts';

type Environment = ReadonlyMap<string, Found<string>>;

/** ConfigMaps by their names. */
export type ConfigMaps = ReadonlyMap<string, Environment>;

/** Of the list at the path: `[{ name, value }, { name, valueFrom }]`; a later one wins. */
export function environmentOf(
  fields: DocumentFields,
  path: Path,
  before: Environment,
  maps: ConfigMaps = new Map(),
): Environment {
  const list = fields.value(path);
  const environment = new Map(before);
  if (!isList(list)) return environment;
  for (const [i, item] of list.entries()) {
    const name = isMap(item) ? item['name'] : undefined;
    if (typeof name !== 'string' || !isMap(item)) continue;
    const found = isMap(item['valueFrom'])
      ? valueFrom(fields, [...path, i], item['valueFrom'], maps)
      : plainValue(fields, [...path, i, 'value'], environment);
    if (found === undefined) environment.delete(name);
    else environment.set(name, found);
  }
  return environment;
}

/** Of a map: `LOG_LEVEL: info`, as some charts have it. */
export function environmentOfMap(fields: DocumentFields, path: Path): Environment {
  const map = fields.value(path);
  const environment = new Map<string, Found<string>>();
  for (const [name, value] of Object.entries(isMap(map) ? map : {})) {
    const isPlain = ['string', 'number', 'boolean'].includes(typeof value);
    if (isPlain) environment.set(name, fields.found([...path, name], String(value)));
    else fields.leaveOut([...path, name], 'has no plain value');
  }
  return environment;
}

/** What `envFrom` brings in whole. */
export function environmentFrom(fields: DocumentFields, path: Path, maps: ConfigMaps): Environment {
  const list = fields.value(path);
  const environment = new Map<string, Found<string>>();
  for (const [i, item] of (isList(list) ? list : []).entries()) {
    const prefix = isMap(item) && typeof item['prefix'] === 'string' ? item['prefix'] : '';
    const map = maps.get(nameIn(item, 'configMapRef') ?? '');
    if (map === undefined) fields.leaveOut([...path, i], whyNot(item));
    for (const [name, value] of map ?? []) environment.set(prefix + name, value);
  }
  return environment;
}

function whyNot(item: unknown): string {
  if (nameIn(item, 'secretRef') !== undefined) return 'is a Secret';
  const name = nameIn(item, 'configMapRef');
  return name === undefined
    ? 'has no plain values'
    : `is of the ConfigMap ${name}, which is not in the file`;
}

function plainValue(
  fields: DocumentFields,
  path: Path,
  before: Environment,
): Found<string> | undefined {
  const value = fields.value(path) ?? '';
  if (typeof value === 'number' || typeof value === 'boolean') {
    // Its value is not repeated: it may be a secret.
    fields.refuse(path, 'wrong-type', `is a ${typeof value}, and Kubernetes takes text; quote it`);
    return undefined;
  }
  const text = typeof value === 'string' ? expanded(value, before) : undefined;
  if (text !== undefined) return fields.found(path, text);
  fields.leaveOut(path, 'has no plain value');
  return undefined;
}

/** `$(NAME)` stands for a variable above it, `$$` for a dollar; undefined when that has no plain value. */
function expanded(text: string, before: Environment): string | undefined {
  let isWhole = !text.includes('{{');
  const filled = text.replace(/\$\$|\$\(([\w.-]+)\)/g, (found: string, name?: string) => {
    if (name === undefined) return found === '$$' ? '$' : found;
    const value = before.get(name)?.value;
    isWhole &&= value !== undefined;
    return value ?? '';
  });
  return isWhole ? filled : undefined;
}

function valueFrom(
  fields: DocumentFields,
  path: Path,
  source: Readonly<Record<string, unknown>>,
  maps: ConfigMaps,
): Found<string> | undefined {
  const key = isMap(source['configMapKeyRef']) ? source['configMapKeyRef']['key'] : undefined;
  const map = maps.get(nameIn(source, 'configMapKeyRef') ?? '');
  const value = typeof key === 'string' ? map?.get(key) : undefined;
  if (value !== undefined) return value;
  fields.leaveOut([...path, 'valueFrom'], whyNoValue(source));
  return undefined;
}

function whyNoValue(source: Readonly<Record<string, unknown>>): string {
  if ('secretKeyRef' in source) return 'is in a Secret';
  if ('configMapKeyRef' in source) return 'is in a ConfigMap that is not in the file';
  return 'is known when the pod starts';
}

function nameIn(item: unknown, key: string): string | undefined {
  const reference = isMap(item) ? item[key] : undefined;
  const name = isMap(reference) ? reference['name'] : undefined;
  return typeof name === 'string' ? name : undefined;
}
