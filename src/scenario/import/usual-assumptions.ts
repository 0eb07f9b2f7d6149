/** What no configuration file says, and a scenario needs: values to be replaced, small enough for any pool. */
import type { Fact } from '../draft/fact.ts';

const assumed = (path: Fact['path'], value: unknown, note: string): Fact => ({
  path,
  value,
  grade: 'assumed',
  note,
});

const UNSAID = 'no file says it; replace it by';

export const USUAL_ASSUMPTIONS: readonly Fact[] = [
  assumed(['duration'], '30m', 'long enough for a first look'),
  assumed(['traffic', 'rate'], 20, `${UNSAID} your requests per second`),
  assumed(
    ['requests', 'hold'],
    { exponential: '20ms' },
    `${UNSAID} how long a connection is out, from your gauge of use`,
  ),
  assumed(['service', 'instances'], 1, `${UNSAID} your replicas`),
  assumed(['service', 'pool'], { max: 10 }, `${UNSAID} the pool of your service`),
  assumed(['objectives'], ['response p99 < 1s', 'errors < 1%'], `${UNSAID} what must hold`),
];
