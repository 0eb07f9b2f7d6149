/** The figures of a pooler in front of the database, and what it is in its own words. */
import type { Pooler } from '../model/pooler/pooler.ts';
import type { DenialName } from '../model/request/denial.ts';
import { inFront, type ProductPool, productPools } from '../scenario/product-pools.ts';
import { effectiveValues } from '../scenario/profiles.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { errorText } from './error-texts.ts';
import { describe, metricsOf } from './product.ts';
import type { PoolerSummary, ProductSummary } from './pool-result.ts';
import { rounded } from './rounding.ts';
import { distribution } from './summary.ts';

/** @param denials attempts that it did not serve, whether others followed or not */
export function poolerSummary(pooler: Pooler, scenario: Scenario, denials: number): PoolerSummary {
  const settings = scenario.system.database.pooler;
  const written = productPools(scenario.document).find(({ service }) => service === inFront);
  if (settings === undefined || written === undefined) throw new Error('bug: a pooler of no file');
  const { pool, slots } = pooler;
  const { durationNs: now } = scenario;
  const { max } = settings.pool;
  const isLimited = pooler.unlimited.totalIntegral(now) === 0;
  const use = pool.owned.totalIntegral(now) / pooler.configured.totalIntegral(now);
  const means = {
    openingNs: pooler.opening.mean,
    waitNs: pooler.wait.mean,
    useNs: null,
  };
  return {
    mode: settings.pool.policy.stickiness,
    clients: {
      max: finite(settings.clientLimit),
      peak: slots.peak,
      refused: slots.refused,
    },
    pool: {
      max: finite(max),
      utilisation: isLimited ? rounded(use) : null,
      peakPending: pool.peakPending,
      timeouts: pool.timeouts,
      opened: pool.opened,
      closed: pool.closed,
    },
    wait: distribution([pooler.wait]),
    opening: distribution([pooler.opening]),
    product: {
      ...describe(written),
      errors: errorsOf(written, pooler, denials),
      metrics: metricsOf(written.product, { pool, now, most: max, ...means }),
    },
  };
}

/** What its clients were told: those that were not admitted, not served in time, or not at all. */
function errorsOf(
  { product, values }: ProductPool,
  pooler: Pooler,
  denials: number,
): ProductSummary['errors'] {
  const context = {
    profile: product,
    values: effectiveValues(product, values),
    pool: pooler.settings.pool,
    moment: null,
  };
  const told: readonly (readonly [string, DenialName, number])[] = [
    ['pooler-timeout', 'acquire-timeout', pooler.pool.timeouts],
    ['pooler-failed', 'connect-failed', denials - pooler.pool.timeouts],
    ['connect-refused', 'pool-full', pooler.slots.refused],
  ];
  return told.flatMap(([reason, denial, count]) => {
    const text = count === 0 ? null : errorText(denial, context);
    return text === null ? [] : [{ reason, count, text }];
  });
}

function finite(limit: number): number | null {
  return limit === Infinity ? null : limit;
}
