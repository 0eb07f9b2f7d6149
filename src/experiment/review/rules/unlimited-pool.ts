/** A pool that opens as many connections as are asked for. */
import { freeConnections, mostOf } from '../connections.ts';
import { FINE, found, together, type Rule } from '../finding.ts';
import { counted, namedPool, placeOfSize, sizeName } from '../pool-words.ts';

export const unlimitedPool: Rule = {
  name: 'unlimited-pool',
  asks: 'whether the pools have a limit',
  judge: (facts) => {
    const free = freeConnections(facts);
    return together(
      facts.services.flatMap((service) =>
        service.pools.map((pool) => {
          if (mostOf(pool) < Infinity) return FINE;
          const name = sizeName(pool.profile);
          const pods = (service.replicas?.value ?? 0) * (service.processes?.value ?? 1);
          const share = free === undefined || pods === 0 ? 0 : Math.floor(free / pods);
          const most =
            share < 1
              ? ''
              : ` ${share} at most, for ${counted(pods, 'pool')} and ${free} connections`;
          return found({
            weight: 'hurts',
            place: placeOfSize(pool),
            says: `${namedPool(pool)}${pool.profile.product} sets no limit to the pool here: when requests pile up each opens a connection, until the database refuses them.`,
            mend: `Set ${name}${most}.`,
            figures: { ...(share < 1 ? {} : { largestPool: share, pools: pods }) },
          });
        }),
      ),
    );
  },
};
