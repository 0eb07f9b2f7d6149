/** What no configuration file says, and a scenario needs: values to be replaced, small enough for any pool. */
import type { Fact } from '../draft/fact.ts';

const assumed = (path: Fact['path'], value: unknown, note: string): Fact => ({
  path,
  value,
  grade: 'assumed',
  note,
});

export const USUAL_ASSUMPTIONS: readonly Fact[] = [
  assumed(['duration'], '30m', 'long enough for a first look'),
  assumed(['traffic', 'rate'], 20, 'put your requests per second here'),
  assumed(['requests', 'hold'], { exponential: '20ms' }, 'put here how long a connection is out'),
  assumed(['service', 'instances'], 1, 'put your replicas here'),
  assumed(['service', 'pool'], { max: 10 }, 'put the pool of your service here'),
  assumed(['objectives'], ['response p99 < 1s', 'errors < 1%'], 'put here what must hold'),
];
