/** HorizontalPodAutoscaler, or the part of a chart's values about it: between how many pods it moves. */
import type { Path } from '../../path.ts';
import type { Fleet } from '../findings.ts';
import type { DocumentFields } from './fields.ts';
import type { KubernetesObject } from './objects.ts';

const KEYS = [
  ...['scaleTargetRef', 'minReplicas', 'maxReplicas', 'metrics', 'behavior'],
  'targetCPUUtilizationPercentage',
];

/** The name of what it scales. */
export function targetOf({ fields, path }: KubernetesObject): string {
  const name = fields.value([...path, 'spec', 'scaleTargetRef', 'name']);
  return typeof name === 'string' ? name : '';
}

export function readAutoscaler({ fields, path }: KubernetesObject): Fleet {
  const spec: Path = [...path, 'spec'];
  const meant = fields.refuseSlips(spec, KEYS);
  const isThere = fields.value([...spec, 'maxReplicas']) !== undefined;
  if (!isThere && !meant.includes('maxReplicas'))
    fields.refuse([...spec, 'maxReplicas'], 'missing', 'is missing; the autoscaler must have one');
  const target: Path = [...spec, 'scaleTargetRef', 'name'];
  const name = fields.value(target);
  return {
    ...(typeof name === 'string' ? { workload: fields.found(target, name) } : {}),
    ...boundsAt(fields, spec),
  };
}

/** `minReplicas`, 1 unless it says otherwise, and `maxReplicas`. */
export function boundsAt(fields: DocumentFields, path: Path): Fleet {
  const least: Path = [...path, 'minReplicas'];
  const minReplicas = fields.count(least, 0) ?? fields.byDefault(least, 1);
  const maxReplicas = fields.count([...path, 'maxReplicas'], 1);
  if (maxReplicas === undefined) return { minReplicas };
  if (minReplicas.value > maxReplicas.value) {
    const message = `${minReplicas.value} is more than maxReplicas (${maxReplicas.value})`;
    fields.refuse(least, 'out-of-range', message);
  }
  return { minReplicas, maxReplicas };
}
