/** The most pods that the autoscaler makes, against what the database admits. */
import { freeWords, rollingPods } from '../connections.ts';
import { eachFleet, type Fleet } from '../each-fleet.ts';
import { placeOf, type ReviewFacts, type ReviewService } from '../facts.ts';
import { FINE, found, type Judgement, type Rule } from '../finding.ts';
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
  judge: (facts) =>
    eachFleet(facts, {
      copies: ({ ceiling }) => ceiling,
      option: null,
      judge: (service, fleet) => judgeService(facts, service, fleet),
    }),
};

function judgeService(facts: ReviewFacts, service: ReviewService, fleet: Fleet): Judgement {
  const { ceiling, replicas } = service;
  const { pods } = fleet;
  // With no more pods than on an ordinary day, the rules about those have said it.
  if (ceiling === undefined || pods <= (replicas?.value ?? 0)) return FINE;
  const atCeiling = shortageOf(service, fleet);
  const shortage = atCeiling ?? shortageOf(service, { ...fleet, pods: rollingPods(service, pods) });
  if (shortage === null) return FINE;
  const what =
    atCeiling === null
      ? `A deployment${ofService(service)} that rolls while the autoscaler is at its ceiling of ${counted(pods, 'pod')} needs`
      : `At its ceiling the autoscaler${ofService(service)} makes`;
  const fitting = Math.floor((fleet.free - fleet.besides) / shortage.perPod);
  const lower = atCeiling === null || fitting < 1 ? '' : `, or maxReplicas ${fitting}`;
  return found({
    weight: atCeiling === null ? 'hurts' : 'breaks',
    place: placeOf(ceiling),
    says: `${what} ${neededWords(service, shortage)}, and ${freeWords(facts)}. ${refusedWords(shortage)}`,
    mend: `${largestWords(service, shortage)}${lower}, or a pooler in front of the database.`,
    figures: { ...shortageFigures(shortage), ceiling: pods },
  });
}
