/** How a Deployment or a StatefulSet replaces its pods, in a manifest or in the values of a chart. */
import { didYouMean } from '../../near-miss.ts';
import { isMap, type Path } from '../../path.ts';
import { read, refuse, show, unquoted, type Reading } from '../../reading.ts';
import type { Fleet, Found, Pods } from '../findings.ts';
import type { DocumentFields } from './fields.ts';

export type Rollout = Pick<Fleet, 'maxSurge' | 'maxUnavailable'>;

/** What Kubernetes takes for both when a Deployment does not say. */
const QUARTER: Pods = { share: 0.25 };
const NONE: Pods = { pods: 0 };

/** Of a Deployment: `Recreate` takes all pods down before it starts others. */
export function deploymentRollout(fields: DocumentFields, path: Path): Rollout {
  const type = typeOf(fields, path, ['RollingUpdate', 'Recreate']);
  const rolling: Path = [...path, 'rollingUpdate'];
  fields.refuseSlips(path, ['type', 'rollingUpdate']);
  fields.refuseSlips(rolling, ['maxSurge', 'maxUnavailable']);
  if (type === 'Recreate') {
    if (isMap(fields.value(rolling)))
      fields.refuse(rolling, 'too-many', 'has no place beside type Recreate; keep one');
    return { maxSurge: fields.found([...path, 'type'], NONE) };
  }
  const maxSurge = podsOr(fields, [...rolling, 'maxSurge'], QUARTER);
  const maxUnavailable = podsOr(fields, [...rolling, 'maxUnavailable'], QUARTER);
  if (isNone(maxSurge) && isNone(maxUnavailable)) {
    const message = 'may not be 0 when maxUnavailable is 0: no pod could be replaced';
    fields.refuse([...rolling, 'maxSurge'], 'out-of-range', message);
  }
  return { maxSurge, maxUnavailable };
}

/** Of a StatefulSet: a pod is gone before the one of the same name is started. */
export function statefulRollout(fields: DocumentFields, path: Path): Rollout {
  typeOf(fields, path, ['RollingUpdate', 'OnDelete']);
  return noRollout(fields, path);
}

/** Of pods that nothing rolls. */
export function noRollout(fields: DocumentFields, path: Path): Rollout {
  return { maxSurge: fields.byDefault(path, NONE) };
}

function typeOf(fields: DocumentFields, path: Path, known: readonly string[]): string | undefined {
  return fields.read([...path, 'type'], (value) => {
    const word = known.find((one) => one === value);
    if (word !== undefined) return read(word);
    const near = typeof value === 'string' ? didYouMean(value, known) : '';
    const wanted = near === '' ? `; it is ${known.join(' or ')}` : near;
    return refuse('unknown-value', `${show(value)} is unknown${wanted}`);
  })?.value;
}

function podsOr(fields: DocumentFields, path: Path, otherwise: Pods): Found<Pods> {
  return fields.read(path, readPods) ?? fields.byDefault(path, otherwise);
}

function readPods(value: unknown): Reading<Pods> {
  const needed = 'a whole number of pods or a percentage such as 25% is needed';
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0)
    return read({ pods: value });
  const percent = typeof value === 'string' ? /^(\d{1,3})%$/.exec(value.trim())?.[1] : undefined;
  if (percent !== undefined) return read({ share: Number(percent) / 100 });
  const meant = unquoted(value);
  const hint = typeof meant === 'number' ? `; write ${meant} without quotes, or ${meant}%` : '';
  return refuse('wrong-type', `${show(value)} is not allowed; ${needed}${hint}`);
}

function isNone({ value }: Found<Pods>): boolean {
  return 'pods' in value ? value.pods === 0 : value.share === 0;
}
