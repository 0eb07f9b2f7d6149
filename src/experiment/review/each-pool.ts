/** Rules that look at one pool after the other. */
import type { ReviewFacts, ReviewPool, ReviewService } from './facts.ts';
import { together, type Finding, type Judgement } from './finding.ts';

type Judge = (pool: ReviewPool, service: ReviewService | null) => Judgement;

/**
 * Every pool, those of services with their service; poolers in front of the database come last. A finding
 * begins with the name of the pool that it is about, where there are several.
 */
export function eachPool({ services, poolers }: ReviewFacts, judge: Judge): Judgement {
  return together([
    ...services.flatMap((service) =>
      service.pools.map((pool) => named([service.name, pool.name], judge(pool, service))),
    ),
    ofPoolers(poolers, judge),
  ]);
}

/** What one line says of the pools of several databases is said once. */
function ofPoolers(poolers: readonly ReviewPool[], judge: Judge): Judgement {
  const judged = poolers.map((pool) => ({ name: pool.name, ...judge(pool, null) }));
  const all = judged.flatMap(({ name, findings }) => findings.map((said) => ({ name, said })));
  const firsts = all.filter(({ said }, i) => all.findIndex((one) => isSame(one.said, said)) === i);
  return together([
    ...firsts.map(({ said }) => {
      const names = all.filter((one) => isSame(one.said, said)).map(({ name }) => name);
      return named(names, { findings: [said], needs: [] });
    }),
    ...judged.map(({ needs }) => ({ findings: [], needs })),
  ]);
}

function isSame(a: Finding, b: Finding): boolean {
  const isSamePlace = a.place?.file === b.place?.file && a.place?.line === b.place?.line;
  return isSamePlace && a.says === b.says;
}

function named(names: readonly (string | null)[], { findings, needs }: Judgement): Judgement {
  const whose = names.filter((name) => name !== null).join(', ');
  if (whose === '') return { findings, needs };
  return {
    findings: findings.map((finding) => ({ ...finding, says: `${whose}: ${finding.says}` })),
    needs,
  };
}
