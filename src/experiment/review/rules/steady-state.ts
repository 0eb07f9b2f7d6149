/** All pools full on an ordinary day against what the database admits. */
import { freeWords, isLimited, rollingPods } from '../connections.ts';
import { eachFleet, type Fleet } from '../each-fleet.ts';
import type { ReviewFacts, ReviewService } from '../facts.ts';
import { FINE, found, type Judgement, type Rule } from '../finding.ts';
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
  judge: (facts) =>
    eachFleet(facts, {
      copies: ({ replicas }) => replicas,
      option: '--replicas',
      judge: (service, fleet) => judgeService(facts, service, fleet),
    }),
};

function judgeService(facts: ReviewFacts, service: ReviewService, fleet: Fleet): Judgement {
  const [pool] = service.pools;
  // Of several services that are too much together, one is enough to say it.
  if (pool === undefined || facts.services.find(isThere) !== service) return FINE;
  const shortage = shortageOf(service, fleet);
  if (shortage === null) return FINE;
  return found({
    weight: 'breaks',
    place: placeOfSize(pool),
    says: `All pools${ofService(service)} full are ${neededWords(service, shortage)}, and ${freeWords(facts)}. ${refusedWords(shortage)}`,
    mend: `${capitalised(largestWords(service, shortage))}${alsoRolling(service, fleet)}, or max_connections ${shortage.refused + (facts.maxConnections?.value ?? 0)}.`,
    figures: shortageFigures(shortage),
  });
}

/** Whether a service can be the one of several that says it. */
function isThere(service: ReviewService): boolean {
  return isLimited(service) && service.replicas?.value !== 0;
}

/** What is small enough for an ordinary day may be too large for the next deployment. */
function alsoRolling(service: ReviewService, fleet: Fleet): string {
  const most = Math.max(rollingPods(service, fleet.pods), service.ceiling?.value ?? 0);
  const shortage = shortageOf(service, { ...fleet, pods: most });
  const [pool] = service.pools;
  if (pool === undefined || shortage === null || most === fleet.pods) return '';
  if (shortage.largestPool < 1) return '';
  return `; ${sizeName(pool.profile)} ${shortage.largestPool} for ${counted(most, 'pod')}, as there may be`;
}

/** Names of settings stay as they are. */
function capitalised(text: string): string {
  return text.startsWith('fewer') ? `F${text.slice(1)}` : text;
}
