// The cases of the oracle as scenarios with one objective.

import { MILLISECOND, SECOND } from '../../../src/engine/time.ts';
import { scaledSystem } from '../../../src/experiment/scaled-traffic.ts';
import type { Condition } from '../../../src/model/control/settings.ts';
import type { Scenario } from '../../../src/scenario/scenario.ts';
import { expectedOf, type OracleCase, systemOfCase } from '../../laws/oracle.ts';
import { scenarioOf } from '../../scenario/reading.ts';

/** A case whose traffic is seven tenths of what it is about, so that the answer is not where it starts. */
const OWN_TRAFFIC = 0.7;

export function scenarioOfCase(one: OracleCase, condition: Condition, seed: string): Scenario {
  const any = scenarioOf(
    'duration: 10m\ntraffic: { rate: 1 }\nrequests: { hold: 1ms }\nservice: {}\n',
  );
  const objectives = [{ text: 'the objective', condition, scope: { kind: 'run' as const } }];
  return { ...any, seed, system: scaledSystem(systemOfCase(one), OWN_TRAFFIC), objectives };
}

export function acquire(one: OracleCase, name: string): Condition {
  const limit = (expectedOf(one, name).value * MILLISECOND) / SECOND;
  return { metric: { kind: 'percentile', of: 'acquire', p: 0.99 }, comparison: '<', limit };
}

export function errors(one: OracleCase, name: string): Condition {
  const limit = expectedOf(one, name).value;
  return { metric: { kind: 'errors' }, comparison: '<', limit };
}

/** Servers ÷ mean hold; null where a database shares them. */
export function servedPerSecond({
  params: { pool, service, database },
}: OracleCase): number | null {
  if (database !== undefined || pool === undefined) return null;
  return (pool.max * 1000) / (service.mean_ms ?? NaN);
}
