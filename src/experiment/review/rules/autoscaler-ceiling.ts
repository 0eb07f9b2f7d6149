/** The most pods that the autoscaler makes, against what the database admits. */
import { besides, freeConnections, freeWords, isLimited, rollingPods } from '../connections.ts';
import { placeOf, type ReviewFacts, type ReviewService } from '../facts.ts';
import { FINE, found, lacking, together, type Judgement, type Rule } from '../finding.ts';
import { counted, ofService } from '../pool-words.ts';
import {
  largestWords,
  neededWords,
  refusedWords,
  shortageFigures,
  shortageOf,
} from '../shortage.ts';

export const autoscalerCeiling: Rule = {
  name: 'autoscaler-ceiling',
  asks: "whether the autoscaler's ceiling fits",
  judge: (facts) => {
    if (facts.poolers.length > 0) return FINE;
    return together(facts.services.map((service) => judgeService(facts, service)));
  },
};

function judgeService(facts: ReviewFacts, service: ReviewService): Judgement {
  const { ceiling } = service;
  if (ceiling === undefined || service.pools.length === 0 || !isLimited(service)) return FINE;
  const free = freeConnections(facts);
  if (free === undefined) return lacking('--db-max');
  const around = { besides: besides(facts, service), free };
  const pods = ceiling.value;
  const atCeiling = shortageOf(service, { pods, ...around });
  const shortage =
    atCeiling ?? shortageOf(service, { ...around, pods: rollingPods(service, pods) });
  if (shortage === null) return FINE;
  const what =
    atCeiling === null
      ? `A deployment${ofService(service)} that rolls while the autoscaler is at its ceiling of ${counted(pods, 'pod')} needs`
      : `At its ceiling the autoscaler${ofService(service)} makes`;
  const fitting = Math.floor((free - around.besides) / shortage.perPod);
  const lower = atCeiling === null || fitting < 1 ? '' : `, or maxReplicas ${fitting}`;
  return found({
    weight: atCeiling === null ? 'hurts' : 'breaks',
    place: placeOf(ceiling),
    says: `${what} ${neededWords(service, shortage)}, and ${freeWords(facts)}. ${refusedWords(shortage)}`,
    mend: `${largestWords(service, shortage)}${lower}, or a pooler in front of the database.`,
    figures: { ...shortageFigures(shortage), ceiling: pods },
  });
}
