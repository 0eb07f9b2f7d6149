/** Rules that hold what the copies of a service can open against what the database admits. */
import { besides, freeConnections, isLimited } from './connections.ts';
import type { Known, ReviewFacts, ReviewService } from './facts.ts';
import { FINE, lacking, together, type Judgement } from './finding.ts';

/** So many copies of a service, the connections of the other services, and those that there are for all. */
export interface Fleet {
  readonly pods: number;
  readonly besides: number;
  readonly free: number;
}

interface Asked {
  readonly copies: (service: ReviewService) => Known<number> | undefined;
  /** The option that says how many copies there are; null: without them there is nothing to judge. */
  readonly option: string | null;
  readonly judge: (service: ReviewService, fleet: Fleet) => Judgement;
}

/** Every service whose pools have a limit. Behind a pooler the database sees only that. */
export function eachFleet(facts: ReviewFacts, asked: Asked): Judgement {
  if (facts.poolers.length > 0) return FINE;
  return together(facts.services.map((service) => judgeFleet(facts, service, asked)));
}

function judgeFleet(facts: ReviewFacts, service: ReviewService, asked: Asked): Judgement {
  const { copies, option, judge } = asked;
  if (service.pools.length === 0 || !isLimited(service)) return FINE;
  const pods = copies(service);
  if (pods === undefined && option === null) return FINE;
  const free = freeConnections(facts);
  if (pods === undefined || free === undefined) {
    const unknown = pods === undefined && option !== null ? [option] : [];
    return lacking(...unknown, ...(free === undefined ? ['--db-max'] : []));
  }
  return judge(service, { pods: pods.value, besides: besides(facts, service), free });
}
