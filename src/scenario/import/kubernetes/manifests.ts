/** Manifests of Kubernetes: how many pods of a service run, and when how many more. */
import type { Configuration } from '../configuration.ts';
import { NOTHING_FOUND, type Findings, type Fleet, type Found } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { readAutoscaler, targetOf } from './autoscaler.ts';
import { environmentOfMap, type ConfigMaps } from './environment.ts';
import { Fields } from './fields.ts';
import { isObject, objectsOf, type KubernetesObject } from './objects.ts';
import { proxyTimeoutAt } from './proxy-timeout.ts';
import { readWorkload, WORKLOADS } from './workload.ts';

export const kubernetesManifests: Importer = {
  kind: 'Kubernetes manifests',
  profiles: [],
  fits: ({ documents }) => documents.some(({ value }) => isObject(value)),
  read: (configuration, context) => readManifests(configuration, context),
};

const AUTOSCALER = 'HorizontalPodAutoscaler';

function readManifests(configuration: Configuration, { variables }: ImportContext): Findings {
  const all = new Fields(configuration, variables);
  const objects = objectsOf(configuration, all);
  const of = (is: (kind: string) => boolean) => objects.filter(({ kind }) => is(kind));
  const workloads = of((kind) => Object.hasOwn(WORKLOADS, kind));
  const autoscalers = of((kind) => kind === AUTOSCALER);
  const { workload, autoscaler } = chosen(workloads, autoscalers);
  const maps = configMaps(of((kind) => kind === 'ConfigMap'));
  const callers = shortest(of((kind) => kind === 'Ingress'));
  const read = workload === undefined ? undefined : readWorkload(workload, maps);
  const scaled = autoscaler === undefined ? {} : readAutoscaler(autoscaler);
  for (const object of objects) leaveOutOther(object, [workload, autoscaler]);
  const environment = read?.environment ?? new Map([...maps.values()].flatMap((map) => [...map]));
  return {
    ...NOTHING_FOUND,
    kind: kubernetesManifests.kind,
    fleet: { ...scaled, ...read?.fleet } satisfies Fleet,
    ...(callers === undefined ? {} : { callerTimeoutSeconds: callers }),
    environment,
    ...all.inOrder(),
  };
}

interface Chosen {
  readonly workload?: KubernetesObject | undefined;
  readonly autoscaler?: KubernetesObject | undefined;
}

/** The workload that the file is about: the only one, or the only one that an autoscaler scales. */
function chosen(
  workloads: readonly KubernetesObject[],
  autoscalers: readonly KubernetesObject[],
): Chosen {
  const [only, second] = workloads;
  if (only === undefined) return { autoscaler: onlyAutoscaler(autoscalers) };
  const scaled = workloads.filter(({ name }) => autoscalers.some((one) => targetOf(one) === name));
  const workload = second === undefined ? only : scaled[0];
  if (second !== undefined && scaled.length !== 1) {
    refuseSeveral(scaled.length > 1 ? scaled : workloads);
    return {};
  }
  const autoscaler = autoscalers.find((one) => targetOf(one) === workload?.name);
  const [stray] = autoscalers;
  if (autoscaler === undefined && stray !== undefined) {
    const message = `${targetOf(stray)} is not here; the ${only.kind} of this file is ${only.name}`;
    stray.fields.refuse([...stray.path, 'spec', 'scaleTargetRef', 'name'], 'unknown', message);
  }
  return { workload, autoscaler };
}

function onlyAutoscaler(autoscalers: readonly KubernetesObject[]): KubernetesObject | undefined {
  if (autoscalers.length < 2) return autoscalers[0];
  refuseSeveral(autoscalers);
  return undefined;
}

function refuseSeveral(objects: readonly KubernetesObject[]): void {
  const [, second] = objects;
  const names = objects.map(({ kind, name }) => `${kind} ${name}`).join(', ');
  const message = `is one of several: ${names}; give a file with the one that has the pool, or with its ${AUTOSCALER} beside it`;
  second?.fields.refuse([...second.path, 'metadata', 'name'], 'ambiguous', message);
}

function configMaps(objects: readonly KubernetesObject[]): ConfigMaps {
  return new Map(
    objects.map(({ name, fields, path }) => {
      const data = environmentOfMap(fields, [...path, 'data']);
      return [
        name,
        new Map([...data].filter(([key]) => isVariable(fields, [...path, 'data'], key))),
      ];
    }),
  );
}

/** Whole files are data of ConfigMaps, too. */
function isVariable(
  fields: KubernetesObject['fields'],
  path: readonly (string | number)[],
  key: string,
): boolean {
  if (/^[A-Za-z_]\w*$/.test(key)) return true;
  fields.leaveOut([...path, key], 'is no variable; give a file inside a ConfigMap by itself');
  return false;
}

/** Of the Ingresses that say how long they wait, the shortest. */
function shortest(ingresses: readonly KubernetesObject[]): Found<number> | undefined {
  const timeouts = ingresses.flatMap(({ fields, path }) => {
    const found = proxyTimeoutAt(fields, [...path, 'metadata', 'annotations']);
    return found === undefined ? [] : [found];
  });
  return timeouts.sort((a, b) => a.value - b.value)[0];
}

function leaveOutOther(
  { kind, name, fields, path }: KubernetesObject,
  taken: readonly (KubernetesObject | undefined)[],
): void {
  if (taken.some((one) => one?.path === path && one.fields === fields)) return;
  const why = whyLeftOut(kind, name);
  if (why !== '') fields.leaveOut([...path, 'kind'], why);
}

/** Nothing for objects that are read piece by piece. */
function whyLeftOut(kind: string, name: string): string {
  if (kind === 'ConfigMap' || kind === 'Ingress') return '';
  if (kind === 'Secret') return 'is a Secret';
  const isAlike = kind === AUTOSCALER || Object.hasOwn(WORKLOADS, kind);
  const why = isAlike ? 'is not the one in question' : 'has no pool';
  return `is of ${kind} ${name}, which ${why}`;
}
