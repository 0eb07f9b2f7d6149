/** The container of a pod that is the service: its environment and what it may use. */
import { isList, isMap, type Path } from '../../path.ts';
import type { Findings, Fleet } from '../findings.ts';
import { environmentFrom, environmentOf, type ConfigMaps } from './environment.ts';
import type { DocumentFields } from './fields.ts';
import { readCpu, readMemory } from './quantity.ts';

export type Limits = Pick<Fleet, 'cpuLimit' | 'memoryLimitBytes'>;

interface ContainerFindings {
  readonly limits: Limits;
  readonly environment: Findings['environment'];
}

/**
 * @param template where the pod's template begins
 * @param workload its name, which the service's container often has, too
 */
export function serviceContainer(
  fields: DocumentFields,
  template: Path,
  workload: string,
  maps: ConfigMaps,
): ContainerFindings {
  const list: Path = [...template, 'spec', 'containers'];
  const containers = fields.value(list);
  if (!isList(containers) || containers.length === 0) return { limits: {}, environment: new Map() };
  const chosen = indexOf(containers, wantedName(fields, template), workload);
  for (const i of containers.keys())
    if (i !== chosen) fields.leaveOut([...list, i], 'is another container of the pod');
  const path: Path = [...list, chosen];
  const before = environmentFrom(fields, [...path, 'envFrom'], maps);
  return {
    limits: limitsAt(fields, [...path, 'resources']),
    environment: environmentOf(fields, [...path, 'env'], before, maps),
  };
}

/** The `limits` of resources. */
export function limitsAt(fields: DocumentFields, path: Path): Limits {
  fields.refuseSlips(path, ['limits', 'requests', 'claims']);
  fields.refuseSlips([...path, 'limits'], ['cpu', 'memory', 'ephemeral-storage']);
  const cpuLimit = fields.read([...path, 'limits', 'cpu'], readCpu);
  const memoryLimitBytes = fields.read([...path, 'limits', 'memory'], readMemory);
  return {
    ...(cpuLimit === undefined ? {} : { cpuLimit }),
    ...(memoryLimitBytes === undefined ? {} : { memoryLimitBytes }),
  };
}

function wantedName(fields: DocumentFields, template: Path): unknown {
  const annotation = 'kubectl.kubernetes.io/default-container';
  return fields.value([...template, 'metadata', 'annotations', annotation]);
}

/** By the annotation that kubectl heeds, else by the workload's name, else the first, as kubectl does. */
function indexOf(containers: readonly unknown[], wanted: unknown, workload: string): number {
  const named = (name: unknown): number =>
    containers.findIndex((one) => isMap(one) && one['name'] === name);
  const found = [named(wanted), named(workload)].find((i) => i >= 0);
  return found ?? 0;
}
