import { describe, expect, it } from 'vitest';
import { faultsIn, fleetWords } from './fleet-words.ts';
import { findings as findingsOf, imported } from './importing.ts';
import { autoscaler, deployment, deploymentWith, placeOf } from './manifests.ts';

/** Of the line that separates the deployment from what follows it. */
const lineAfter = deployment.split('\n').length;

function lineOf(passage: string): string {
  return placeOf(deployment, passage).split(':')[0] ?? '';
}

const bare = `apiVersion: apps/v1
kind: Deployment
metadata: { name: bare }
spec: { template: { spec: { containers: [{ name: app }] } } }
`;

describe('a Deployment', () => {
  it('says how many pods run, how they are replaced, and what the service may use', () => {
    expect(fleetWords(findingsOf('deployment.yaml', deployment))).toEqual({
      workload: 'checkout name :4',
      replicas: '8 replicas :7',
      maxSurge: '{"share":0.25} maxSurge :12',
      maxUnavailable: '{"pods":0} maxUnavailable :13',
      terminationGraceSeconds: '45 terminationGracePeriodSeconds :17',
      cpuLimit: `0.5 cpu :${lineOf('500m')}`,
      memoryLimitBytes: `${512 * 1024 * 1024} memory :${lineOf('512Mi')}`,
    });
  });

  it('has the defaults of Kubernetes for what it does not say', () => {
    expect(fleetWords(findingsOf('bare.yaml', bare))).toEqual({
      workload: 'bare name :3',
      replicas: '1 default',
      maxSurge: '{"share":0.25} default',
      maxUnavailable: '{"share":0.25} default',
      terminationGraceSeconds: '30 default',
    });
  });

  it('has no surge with Recreate, nor has a StatefulSet or a ReplicaSet', () => {
    const recreate = bare.replace('spec: {', 'spec: { strategy: { type: Recreate },');
    const surge = (text: string) => fleetWords(findingsOf('x.yaml', text))['maxSurge'];
    expect(surge(recreate)).toBe('{"pods":0} type :4');
    expect(surge(bare.replace('Deployment', 'StatefulSet'))).toBe('{"pods":0} default');
    expect(surge(bare.replace('Deployment', 'ReplicaSet'))).toBe('{"pods":0} default');
  });

  it('gives the plain environment of the service, and leaves out what is secret or not known yet', () => {
    const { environment, leftOut } = findingsOf('deployment.yaml', deployment);
    const values = [...environment].map(([name, { value }]) => [name, value]);
    expect(values).toEqual([
      ['DB_HOST', 'db.internal'],
      ['DB_POOL', '12'],
      ['DB_URL', 'postgres://db.internal/shop'],
    ]);
    expect(leftOut.map(({ key, place, why }) => `${place.line} ${key}: ${why}`)).toEqual([
      '19 spec.template.spec.containers.istio-proxy: is another container of the pod',
      `${lineOf('{ secretKeyRef')} spec.template.spec.containers.checkout.env.DB_PASSWORD.valueFrom: is in a Secret`,
      `${lineOf('postgres://app')} spec.template.spec.containers.checkout.env.DB_DSN.value: has no plain value`,
      `${lineOf('{ fieldRef')} spec.template.spec.containers.checkout.env.NODE.valueFrom: is known when the pod starts`,
    ]);
  });

  it('fills in placeholders of the other files with its environment', () => {
    const pool = '{ "max": "${DB_POOL:10}", "connectionTimeoutMillis": 2000 }';
    const { findings, filled } = imported({ 'pool.json': pool, 'deployment.yaml': deployment });
    expect(findings[0]?.pools[0]?.settings[0]?.value).toBe(12);
    expect(filled).toMatchObject([{ name: 'DB_POOL', value: '12', from: 'deployment.yaml' }]);
  });

  it('may have placeholders of its own', () => {
    const text = deploymentWith('replicas: 8', 'replicas: ${REPLICAS:-6}');
    expect(findingsOf('x.yaml', text).fleet.replicas?.value).toBe(6);
    expect(findingsOf('x.yaml', text, { variables: { REPLICAS: '9' } }).fleet.replicas?.value).toBe(
      9,
    );
  });

  it.each([
    ['replicas: 8', 'replicas: "8"', '"8"', 'replicas: "8" is text', 'write 8 without quotes'],
    ['replicas: 8', 'replicas: -1', '-1', 'spec.replicas: -1 is out of range', 'from 0 to 1000000'],
    ['replicas: 8', 'replicas: 2.5', '2.5', 'spec.replicas: 2.5 is not whole', ''],
    ['replicas: 8', 'replica: 8', 'replica:', 'replica: unknown key', 'did you mean replicas?'],
    ['replicas: 8', 'replicas: ${N}', '${N}', 'spec.replicas: ${N} has no value', '--set N=…'],
    ['maxSurge: 25%', 'maxSurge: "2"', '"2"', 'spec.strategy.rollingUpdate.maxSurge: ', 'or 2%'],
    ['maxSurge: 25%', 'maxSurge: 2 pods', '2 pods', 'maxSurge: ', 'a percentage such as 25%'],
    ['maxSurge: 25%', 'maxSurge: 0', '0\n', 'maxSurge: ', 'not be 0 when maxUnavailable is 0'],
    ['maxSurge: 25%', 'maxsurge: 2', 'maxsurge', 'unknown key; ', 'did you mean maxSurge?'],
    ['RollingUpdate', 'rollingupdate', 'rollingupdate\n', 'strategy.type: ', 'mean RollingUpdate?'],
    ['RollingUpdate', 'Recreate', 'maxSurge', 'strategy.rollingUpdate: ', 'no place beside type'],
    ['cpu: 500m', 'cpu: 500mc', '500mc', 'limits.cpu: 500mc is not ', 'such as 500m or 2'],
    ['512Mi', '512MB', '512MB', 'limits.memory: ', 'did you mean 512M?'],
    ['512Mi', '512mi', '512mi', 'limits.memory: ', 'did you mean 512Mi?'],
    ['limits:\n', 'limit:\n', 'limit:\n', 'resources.limit: unknown key', 'mean limits?'],
    ['value: "12"', 'value: 12', '12\n', 'env.DB_POOL.value: is a number', 'takes text; quote it'],
    ['Seconds: 45', 'Seconds: 45s', '45s', 'Seconds: 45s is no number', 'a whole number from 0'],
  ])('with %j as %j is refused where it stands', (passage, replacement, at, ...says) => {
    const text = deploymentWith(passage, replacement);
    const [fault = '', ...others] = faultsIn('deployment.yaml', text);
    expect(others).toEqual([]);
    for (const words of says) expect(fault).toContain(words);
    expect(/^\d+:\d+/.exec(fault)?.[0]).toBe(placeOf(text, at));
  });

  it('says all that is wrong at once', () => {
    const text = deploymentWith('replicas: 8', 'replicas: eight').replace('512Mi', 'much');
    expect(faultsIn('deployment.yaml', text)).toHaveLength(2);
  });
});

describe('a HorizontalPodAutoscaler', () => {
  it('says its bounds, beside the Deployment that it scales', () => {
    const fleet = fleetWords(findingsOf('all.yaml', `${deployment}---\n${autoscaler}`));
    expect(fleet).toMatchObject({
      replicas: '8 replicas :7',
      minReplicas: `4 minReplicas :${lineAfter + 6}`,
      maxReplicas: `20 maxReplicas :${lineAfter + 7}`,
    });
  });

  it('by itself says them, too, and what it scales; autoscaling/v1 has the same keys', () => {
    const v1 = autoscaler
      .replace('autoscaling/v2', 'autoscaling/v1')
      .replace('  minReplicas: 4\n', '');
    expect(fleetWords(findingsOf('hpa.yaml', v1))).toEqual({
      workload: 'checkout name :5',
      minReplicas: '1 default',
      maxReplicas: '20 maxReplicas :6',
    });
  });

  it.each([
    ['  maxReplicas: 20\n', '', '4:1: spec.maxReplicas: is missing'],
    ['maxReplicas: 20', 'maxReplicas: 3', '6:16: spec.minReplicas: 4 is more than maxReplicas (3)'],
    ['maxReplicas: 20', 'maxReplcias: 20', '7:3: spec.maxReplcias: unknown key; did you mean'],
    ['maxReplicas: 20', 'maxReplicas: 0', '7:16: spec.maxReplicas: 0 is out of range'],
  ])('with %j as %j is refused', (passage, replacement, fault) => {
    const text = autoscaler.replace(passage, replacement);
    const faults = faultsIn('hpa.yaml', text);
    expect(faults).toEqual([expect.stringContaining(fault)]);
  });

  it('chooses among several Deployments', () => {
    const other = deployment.replaceAll('checkout', 'worker').replace('replicas: 8', 'replicas: 3');
    const text = `${other}---\n${deployment}---\n${autoscaler}`;
    const { fleet, leftOut } = findingsOf('all.yaml', text);
    expect(fleet.workload?.value).toBe('checkout');
    expect(fleet.replicas?.value).toBe(8);
    expect(leftOut.map(({ why }) => why)).toContain(
      'is of Deployment worker, which is not the one in question',
    );
    const [fault = ''] = faultsIn('all.yaml', `${other}---\n${deployment}`);
    expect(fault).toContain('is one of several: Deployment worker, Deployment checkout; give ');
    expect(fault.startsWith(`${lineAfter + 4}:9: metadata.name: `)).toBe(true);
  });

  it('of a Deployment that is not in the file is refused', () => {
    const stray = autoscaler.replaceAll('checkout', 'worker');
    const text = `${deployment}---\n${stray}`;
    expect(faultsIn('all.yaml', text)).toEqual([
      `${placeOf(text, 'worker }\n  min')}: spec.scaleTargetRef.name: worker is not here; the Deployment of this file is checkout`,
    ]);
  });
});

describe('other objects', () => {
  it('in a List are as good as documents of their own', () => {
    const item = (text: string) => text.replace(/^/gm, '    ').replace(/^ {4}/, '  - ').trimEnd();
    const list = `apiVersion: v1\nkind: List\nitems:\n${item(deployment)}\n${item(autoscaler)}\n`;
    const { fleet } = findingsOf('list.yaml', list);
    expect([fleet.replicas?.value, fleet.maxReplicas?.value]).toEqual([8, 20]);
    expect(fleet.replicas?.key).toBe('items[0].spec.replicas');
    expect(fleet.replicas?.place.line).toBe(10);
  });

  const map = `---
apiVersion: v1
kind: ConfigMap
metadata: { name: settings }
data:
  DB_POOL: "7"
  LEVEL: info
  application.yml: |
    spring: { datasource: { password: hunter2 } }
---
apiVersion: v1
kind: Secret
metadata: { name: db }
stringData: { password: hunter2 }
---
apiVersion: v1
kind: Service
metadata: { name: checkout }
spec: { ports: [{ port: 80 }] }
`;

  it('ConfigMaps give the variables that the service takes from them, its own come first', () => {
    const withMap = (passage: string) =>
      `${deploymentWith('env:\n', `${passage}          env:\n`)}${map}`;
    const values = (text: string) =>
      [...findingsOf('all.yaml', text).environment].map(([name, { value }]) => `${name}=${value}`);
    const whole = withMap('envFrom: [{ configMapRef: { name: settings } }]\n');
    expect(values(whole)).toEqual([
      'DB_POOL=12',
      'LEVEL=info',
      'DB_HOST=db.internal',
      expect.anything(),
    ]);
    const one = deploymentWith(
      'value: "12"',
      'valueFrom: { configMapKeyRef: { name: settings, key: DB_POOL } }',
    );
    expect(values(`${one}${map}`)).toContain('DB_POOL=7');
    expect(values(`${deployment}${map}`)).not.toContain('LEVEL=info');
    expect(values(map)).toEqual(['DB_POOL=7', 'LEVEL=info']);
  });

  it('are listed, and no secret is in anything that was found', () => {
    const found = findingsOf('all.yaml', `${deployment}${map}`);
    expect(found.leftOut.map(({ why }) => why).slice(4)).toEqual([
      'is no variable; give a file inside a ConfigMap by itself',
      'is a Secret',
      'is of Service checkout, which has no pool',
    ]);
    expect(JSON.stringify([found, [...found.environment]])).not.toContain('hunter2');
  });

  it('an Ingress of nginx says how long it waits for an answer', () => {
    const ingress = (seconds: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: checkout
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: ${seconds}
`;
    const text = `${ingress('"60"')}---\n${ingress('"10"')}`;
    expect(findingsOf('ingress.yaml', text).callerTimeoutSeconds).toMatchObject({
      value: 10,
      place: { line: 13 },
    });
    expect(faultsIn('ingress.yaml', ingress('60s'))).toEqual([
      expect.stringMatching(/^6:53: .*60s is not allowed; whole seconds such as "60" are$/),
    ]);
  });
});
