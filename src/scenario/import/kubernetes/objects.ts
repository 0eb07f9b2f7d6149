/** The objects of a manifest: one a document, and those inside of a `kind: List`. */
import { isList, isMap, type Path } from '../../path.ts';
import type { Configuration } from '../configuration.ts';
import type { DocumentFields, Fields } from './fields.ts';

export interface KubernetesObject {
  readonly kind: string;
  readonly name: string;
  readonly fields: DocumentFields;
  /** Where it begins in its document. */
  readonly path: Path;
}

/** All objects with a kind, in the order of the file. */
export function objectsOf({ documents }: Configuration, all: Fields): KubernetesObject[] {
  return documents.flatMap((_, i) => objectsAt(all.at(i), []));
}

function objectsAt(fields: DocumentFields, path: Path): KubernetesObject[] {
  const value = fields.value(path);
  if (!isObject(value)) {
    if (isMap(value)) fields.leaveOut(path, 'is no object of Kubernetes');
    return [];
  }
  const items = value['items'];
  const kind = String(value['kind']);
  if (kind.endsWith('List') && isList(items))
    return items.flatMap((_, i) => objectsAt(fields, [...path, 'items', i]));
  const name = fields.value([...path, 'metadata', 'name']);
  return [{ kind, name: typeof name === 'string' ? name : '', fields, path }];
}

/** What every object of Kubernetes has. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isMap(value) && typeof value['kind'] === 'string' && 'apiVersion' in value;
}
