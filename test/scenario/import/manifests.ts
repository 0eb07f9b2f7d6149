// Manifests as people have them.

export const deployment = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: checkout
  labels: { app: checkout }
spec:
  replicas: 8
  selector: { matchLabels: { app: checkout } }
  strategy:
    type: RollingUpdate
    rollingUpdate:
      maxSurge: 25%
      maxUnavailable: 0
  template:
    metadata: { labels: { app: checkout } }
    spec:
      terminationGracePeriodSeconds: 45
      containers:
        - name: istio-proxy
          image: proxy:1
          resources: { limits: { cpu: "2", memory: 1Gi } }
        - name: checkout
          image: checkout:1.2.3
          ports: [{ containerPort: 8080 }]
          env:
            - name: DB_HOST
              value: db.internal
            - name: DB_POOL
              value: "12"
            - name: DB_URL
              value: postgres://$(DB_HOST)/shop
            - name: DB_PASSWORD
              valueFrom: { secretKeyRef: { name: db, key: password } }
            - name: DB_DSN
              value: postgres://app:$(DB_PASSWORD)@$(DB_HOST)/shop
            - name: NODE
              valueFrom: { fieldRef: { fieldPath: spec.nodeName } }
          resources:
            requests: { cpu: 250m }
            limits:
              cpu: 500m
              memory: 512Mi
`;

export const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: checkout }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: checkout }
  minReplicas: 4
  maxReplicas: 20
  metrics:
    - type: Resource
      resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } }
`;

/** The deployment with one passage changed. */
export function deploymentWith(passage: string, replacement: string): string {
  if (!deployment.includes(passage)) throw new Error(`not in the file: ${passage}`);
  return deployment.replace(passage, replacement);
}

/** Where a passage stands in a text: `7:13`. */
export function placeOf(text: string, passage: string): string {
  const at = text.indexOf(passage);
  if (at < 0) throw new Error(`not in the text: ${passage}`);
  const lines = text.slice(0, at).split('\n');
  return `${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
