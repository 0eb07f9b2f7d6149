/** All pools full on an ordinary day against what the database admits. */
import { besides, freeConnections, freeWords, isLimited, rollingPods } from '../connections.ts';
import type { ReviewFacts, ReviewService } from '../facts.ts';
import { FINE, found, lacking, together, type Judgement, type Rule } from '../finding.ts';
import { counted, ofService, placeOfSize, sizeName } from '../pool-words.ts';
import {
  largestWords,
  neededWords,
  refusedWords,
  shortageFigures,
  shortageOf,
} from '../shortage.ts';

export const steadyState: Rule = {
  name: 'steady-state',
  asks: 'whether the pools fit the database',
  judge: (facts) => {
    if (facts.poolers.length > 0) return FINE;
    return together(facts.services.map((service) => judgeService(facts, service)));
  },
};

function judgeService(facts: ReviewFacts, service: ReviewService): Judgement {
  const [pool] = service.pools;
  if (pool === undefined || !isLimited(service)) return FINE;
  const free = freeConnections(facts);
  const needs = [
    ...(service.replicas === undefined ? ['--replicas'] : []),
    ...(free === undefined ? ['--db-max'] : []),
  ];
  if (service.replicas === undefined || free === undefined) return lacking(...needs);
  // Of several services that are too much together, one is enough to say it.
  if (facts.services.find(isLimited) !== service) return FINE;
  const pods = service.replicas.value;
  const shortage = shortageOf(service, { pods, besides: besides(facts, service), free });
  if (shortage === null) return FINE;
  return found({
    weight: 'breaks',
    place: placeOfSize(pool),
    says: `All pools${ofService(service)} full are ${neededWords(service, shortage)}, and ${freeWords(facts)}. ${refusedWords(shortage)}`,
    mend: `${capitalised(largestWords(service, shortage))}${alsoRolling(facts, service, free)}, or max_connections ${shortage.needed - free + (facts.maxConnections?.value ?? 0)}.`,
    figures: shortageFigures(shortage),
  });
}

/** What is small enough for an ordinary day may be too large for the next deployment. */
function alsoRolling(facts: ReviewFacts, service: ReviewService, free: number): string {
  const pods = rollingPods(service, service.replicas?.value ?? 0);
  const most = Math.max(pods, service.ceiling?.value ?? 0);
  const shortage = shortageOf(service, { pods: most, besides: besides(facts, service), free });
  const [pool] = service.pools;
  if (pool === undefined || shortage === null || most === service.replicas?.value) return '';
  if (shortage.largestPool < 1) return '';
  return `; ${sizeName(pool.profile)} ${shortage.largestPool} for ${counted(most, 'pod')}, as there may be`;
}

/** Names of settings stay as they are. */
function capitalised(text: string): string {
  return text.startsWith('fewer') ? `F${text.slice(1)}` : text;
}
