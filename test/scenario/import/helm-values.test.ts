import { describe, expect, it } from 'vitest';
import { faultsIn, fleetWords } from './fleet-words.ts';
import { findings as findingsOf, leftOutOf } from './importing.ts';
import { deploymentWith } from './manifests.ts';

const values = `# Default values for checkout.
replicaCount: 3
image: { repository: checkout, tag: "1.2.3" }
autoscaling:
  enabled: true
  minReplicas: 2
  maxReplicas: 12
  targetCPUUtilizationPercentage: 80
resources:
  limits: { cpu: 1, memory: 1Gi }
updateStrategy:
  rollingUpdate: { maxSurge: 1, maxUnavailable: 0 }
extraEnv:
  - name: DB_POOL
    value: "15"
  - name: DB_PASSWORD
    valueFrom: { secretKeyRef: { name: db, key: password } }
env:
  LEVEL: info
  WORKERS: 4
ingress:
  enabled: true
  annotations: { nginx.ingress.kubernetes.io/proxy-read-timeout: "20" }
`;

describe('Helm values', () => {
  it('say the same as the manifests that are made of them', () => {
    const found = findingsOf('values.yaml', values);
    expect(fleetWords(found)).toEqual({
      minReplicas: '2 minReplicas :6',
      maxReplicas: '12 maxReplicas :7',
      maxSurge: '{"pods":1} maxSurge :12',
      maxUnavailable: '{"pods":0} maxUnavailable :12',
      terminationGraceSeconds: '30 default',
      cpuLimit: '1 cpu :10',
      memoryLimitBytes: `${1024 * 1024 * 1024} memory :10`,
    });
    expect([...found.environment].map(([name, { value }]) => `${name}=${value}`)).toEqual([
      'LEVEL=info',
      'WORKERS=4',
      'DB_POOL=15',
    ]);
    expect(found.callerTimeoutSeconds?.value).toBe(20);
    expect(found.leftOut.map(({ key }) => key)).toEqual([
      'image',
      'extraEnv.DB_PASSWORD.valueFrom',
    ]);
  });

  it.each([
    ['replicas: 4\nimage: { tag: x }\n', { replicas: '4 replicas :1' }],
    ['resources: {}\nreplicaCount: 4\n', { replicas: '4 replicaCount :2' }],
  ])('are known by their name and by either word for replicas: %j', (text, fleet) => {
    expect(fleetWords(findingsOf('chart/values-prod.yaml', text))).toMatchObject(fleet);
  });

  it('have a slip in the number of replicas named', () => {
    expect(faultsIn('values.yaml', 'image: { tag: x }\nreplicaCout: 4\n')).toEqual([
      '2:1: replicaCout: unknown key; did you mean replicaCount?',
    ]);
  });

  it('have the number of replicas when the autoscaler is off', () => {
    const off = values.replace('enabled: true\n  minReplicas', 'enabled: false\n  minReplicas');
    const fleet = fleetWords(findingsOf('values.yaml', off));
    expect(fleet).toMatchObject({ replicas: '3 replicaCount :2' });
    expect(fleet['maxReplicas']).toBeUndefined();
  });

  it.each([
    [
      'replicaCount: 3',
      'replicacount: 3',
      '2:1: replicacount: unknown key; did you mean replicaCount?',
    ],
    [
      'enabled: true\n  min',
      'enabled: "yes"\n  min',
      '5:12: autoscaling.enabled: yes is not allowed',
    ],
    [
      'maxReplicas: 12',
      'maxReplicas: 1',
      '6:16: autoscaling.minReplicas: 2 is more than maxReplicas',
    ],
    [
      'maxReplicas: 12',
      'maxReplicas: twelve',
      '7:16: autoscaling.maxReplicas: twelve is no number',
    ],
  ])('with %j as %j are refused', (passage, replacement, fault) => {
    const text = values.replace(passage, replacement);
    expect(faultsIn('values.yaml', text).join('\n')).toContain(fault);
  });
});

describe('a template', () => {
  it.each([
    ['replicas: {{ .Values.replicaCount }}', '7:13'],
    ['{{- if not .Values.autoscaling.enabled }}\n  replicas: 8\n  {{- end }}', '7:3'],
  ])('is refused with %j, and the way to what becomes of it', (passage, place) => {
    expect(faultsIn('deployment.yaml', deploymentWith('replicas: 8', passage))).toEqual([
      `${place}: a template begins here ({{ … }}); give what becomes of it, such as the output of helm template`,
    ]);
  });

  it('in quotes is refused where a number is needed, and ignored elsewhere', () => {
    const quoted = deploymentWith('replicas: 8', 'replicas: "{{ .Values.replicaCount }}"');
    expect(faultsIn('deployment.yaml', quoted)).toEqual([
      '7:13: spec.replicas: is a template; give what becomes of it (helm template)',
    ]);
    const elsewhere = deploymentWith('db.internal', '"{{ .Values.host }}"');
    expect(findingsOf('deployment.yaml', elsewhere).environment.has('DB_HOST')).toBe(false);
  });

  it('do not have a name repeated that holds a value, because a colon is missing', () => {
    const slips = 'env: { WORKERS: 4, PGPASSWORD hunter2, hunter2 }\nreplicaCount: 3\nimage: {}\n';
    expect(leftOutOf('values.yaml', slips)).toEqual([
      'env.… (1:20): has no plain value',
      'env.… (1:40): has no plain value',
      'image (3:8): says nothing of pods or their pool',
    ]);
  });
});
