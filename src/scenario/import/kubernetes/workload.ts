/** Deployment, StatefulSet, ReplicaSet: how many pods run, how they are replaced, what is in them. */
import type { Path } from '../../path.ts';
import type { Findings, Fleet } from '../findings.ts';
import { serviceContainer } from './containers.ts';
import type { ConfigMaps } from './environment.ts';
import type { DocumentFields } from './fields.ts';
import type { KubernetesObject } from './objects.ts';
import { deploymentRollout, noRollout, statefulRollout, type Rollout } from './rollout.ts';

/** Seconds that Kubernetes gives a pod to end. */
export const USUAL_GRACE = 30;

interface Kind {
  readonly keys: readonly string[];
  readonly rollout: (fields: DocumentFields, spec: Path) => Rollout;
}

const COMMON = ['replicas', 'selector', 'template', 'minReadySeconds', 'revisionHistoryLimit'];

export const WORKLOADS: Readonly<Record<string, Kind>> = {
  Deployment: {
    keys: [...COMMON, 'strategy', 'paused', 'progressDeadlineSeconds'],
    rollout: (fields, spec) => deploymentRollout(fields, [...spec, 'strategy']),
  },
  StatefulSet: {
    keys: [...COMMON, 'updateStrategy', 'serviceName', 'podManagementPolicy', 'ordinals'],
    rollout: (fields, spec) => statefulRollout(fields, [...spec, 'updateStrategy']),
  },
  ReplicaSet: { keys: COMMON, rollout: noRollout },
};

type WorkloadFindings = { readonly fleet: Fleet } & Pick<Findings, 'environment'>;

export function readWorkload(
  { kind, name, fields, path }: KubernetesObject,
  maps: ConfigMaps,
): WorkloadFindings {
  const { keys, rollout } = WORKLOADS[kind] ?? { keys: COMMON, rollout: noRollout };
  const spec: Path = [...path, 'spec'];
  const template: Path = [...spec, 'template'];
  const grace: Path = [...template, 'spec', 'terminationGracePeriodSeconds'];
  fields.refuseSlips(spec, keys);
  const replicas: Path = [...spec, 'replicas'];
  const { limits, environment } = serviceContainer(fields, template, name, maps);
  const fleet: Fleet = {
    workload: fields.found([...path, 'metadata', 'name'], name),
    replicas: fields.count(replicas, 0) ?? fields.byDefault(replicas, 1),
    ...rollout(fields, spec),
    terminationGraceSeconds: fields.count(grace, 0) ?? fields.byDefault(grace, USUAL_GRACE),
    ...limits,
  };
  return { fleet, environment };
}
