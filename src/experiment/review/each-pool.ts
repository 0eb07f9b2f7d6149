/** Rules that look at one pool after the other. */
import type { ReviewFacts, ReviewPool, ReviewService } from './facts.ts';
import { together, type Judgement } from './finding.ts';

/** Every pool, those of services with their service; poolers in front of the database come last. */
export function eachPool(
  { services, poolers }: ReviewFacts,
  judge: (pool: ReviewPool, service: ReviewService | null) => Judgement,
): Judgement {
  return together([
    ...services.flatMap((service) => service.pools.map((pool) => judge(pool, service))),
    ...poolers.map((pool) => judge(pool, null)),
  ]);
}
