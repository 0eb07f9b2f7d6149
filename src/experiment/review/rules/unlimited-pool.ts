/** A pool that opens as many connections as are asked for. */
import { freeConnections, mostOf } from '../connections.ts';
import { eachPool } from '../each-pool.ts';
import type { ReviewPool, ReviewService } from '../facts.ts';
import { FINE, found, type Finding, type Rule } from '../finding.ts';
import { counted, placeOfSize, sizeName } from '../pool-words.ts';

export const unlimitedPool: Rule = {
  name: 'unlimited-pool',
  asks: 'whether the pools have a limit',
  judge: (facts) => {
    const free = freeConnections(facts);
    return eachPool(facts, (pool, service) =>
      service === null || mostOf(pool) < Infinity ? FINE : found(unlimited(pool, service, free)),
    );
  },
};

function unlimited(pool: ReviewPool, service: ReviewService, free: number | undefined): Finding {
  const pods = (service.replicas?.value ?? 0) * (service.processes?.value ?? 1);
  const share = free === undefined || pods === 0 ? 0 : Math.floor(free / pods);
  const most =
    share < 1 ? '' : ` ${share} at most, for ${counted(pods, 'pool')} and ${free} connections`;
  return {
    weight: 'hurts',
    place: placeOfSize(pool),
    says: `${pool.profile.product} sets no limit to the pool here: when requests pile up each opens a connection, until the database refuses them.`,
    mend: `Set ${sizeName(pool.profile)}${most}.`,
    figures: { ...(share < 1 ? {} : { largestPool: share, pools: pods }) },
  };
}
