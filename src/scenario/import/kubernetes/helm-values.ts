/** Plain values of a Helm chart, as `helm create` lays them out and most charts have it. */
import { isList, isMap, type Path } from '../../path.ts';
import { read, refuse, show } from '../../reading.ts';
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings, type Fleet } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { boundsAt } from './autoscaler.ts';
import { limitsAt } from './containers.ts';
import { environmentOf, environmentOfMap } from './environment.ts';
import { Fields, type DocumentFields } from './fields.ts';
import { proxyTimeoutAt } from './proxy-timeout.ts';
import { deploymentRollout } from './rollout.ts';
import { USUAL_GRACE } from './workload.ts';

export const helmValues: Importer = {
  kind: 'Helm values',
  profiles: [],
  fits: ({ file, syntax, documents: [first, second] }) =>
    syntax === 'yaml' && second === undefined && hasValues(first?.value, FILE_NAME.test(file)),
  read: (configuration, context) => readValues(configuration, context),
};

/** `values.yaml`, `values-prod.yaml`, `prod.values.yml`. */
const FILE_NAME = /(?:^|[\\/.-])values(?:[.-][\w.-]*)?\.ya?ml$/i;

/** By keys that only such values have; with their name also by what `helm create` writes beside them. */
function hasValues(value: unknown, isNamed: boolean): boolean {
  if (!isMap(value) || 'kind' in value) return false;
  const { autoscaling } = value;
  return (
    'replicaCount' in value ||
    (isMap(autoscaling) && 'maxReplicas' in autoscaling) ||
    (isNamed && ['image', 'resources', 'replicas', 'autoscaling'].some((key) => key in value))
  );
}

/** What charts call the same things. */
const REPLICAS = ['replicaCount', 'replicas'];
const STRATEGIES = ['strategy', 'updateStrategy', 'deploymentStrategy'];
const ENVIRONMENTS = ['env', 'envVars', 'extraEnv', 'extraEnvVars'];
const KNOWN = [
  ...['autoscaling', 'resources', 'terminationGracePeriodSeconds', 'ingress'],
  ...REPLICAS,
  ...STRATEGIES,
  ...ENVIRONMENTS,
];

function readValues(configuration: Configuration, { variables }: ImportContext): Findings {
  const all = new Fields(configuration, variables);
  const fields = all.at(0);
  fields.refuseSlips([], [...REPLICAS, 'autoscaling', 'terminationGracePeriodSeconds']);
  fields.refuseSlips(['autoscaling'], ['enabled', 'minReplicas', 'maxReplicas']);
  const environment = new Map(ENVIRONMENTS.flatMap((key) => [...variablesAt(fields, key)]));
  const callers = proxyTimeoutAt(fields, ['ingress', 'annotations']);
  const rest = fields.value([]);
  for (const key of Object.keys(isMap(rest) ? rest : {}))
    if (!KNOWN.includes(key)) fields.leaveOut([key], 'says nothing of pods or their pool');
  return {
    ...NOTHING_FOUND,
    kind: helmValues.kind,
    fleet: fleetOf(fields),
    ...(callers === undefined ? {} : { callerTimeoutSeconds: callers }),
    environment,
    ...all.inOrder(),
  };
}

function fleetOf(fields: DocumentFields): Fleet {
  const strategy = STRATEGIES.find((key) => fields.value([key]) !== undefined) ?? 'strategy';
  const grace: Path = ['terminationGracePeriodSeconds'];
  return {
    ...(isAutoscaled(fields) ? boundsAt(fields, ['autoscaling']) : replicasOf(fields)),
    ...deploymentRollout(fields, [strategy]),
    terminationGraceSeconds: fields.count(grace, 0) ?? fields.byDefault(grace, USUAL_GRACE),
    ...limitsAt(fields, ['resources']),
  };
}

/** Charts leave the number to the autoscaler when there is one. */
function replicasOf(fields: DocumentFields): Fleet {
  const key = REPLICAS.find((one) => fields.value([one]) !== undefined) ?? 'replicaCount';
  const replicas = fields.count([key], 0);
  return replicas === undefined ? {} : { replicas };
}

function isAutoscaled(fields: DocumentFields): boolean {
  const enabled = fields.read(['autoscaling', 'enabled'], (value) =>
    typeof value === 'boolean'
      ? read(value)
      : refuse('wrong-type', `${show(value)} is not allowed; true or false is needed`),
  );
  return enabled?.value ?? false;
}

function variablesAt(fields: DocumentFields, key: string): Findings['environment'] {
  return isList(fields.value([key]))
    ? environmentOf(fields, [key], new Map())
    : environmentOfMap(fields, [key]);
}
