/** The pods of a rolling deployment, beyond those of an ordinary day, against what the database admits. */
import { podsUp } from '../../../scenario/import/whole-fleet.ts';
import type { Pods } from '../../../scenario/import/findings.ts';
import { endingPods, freeWords, rollingPods } from '../connections.ts';
import { eachFleet, type Fleet } from '../each-fleet.ts';
import { placeOf, type ReviewFacts, type ReviewService } from '../facts.ts';
import { FINE, found, type Finding, type Judgement, type Rule } from '../finding.ts';
import { counted, ofService, placeOfSize } from '../pool-words.ts';
import {
  largestWords,
  neededWords,
  refusedWords,
  shortageFigures,
  shortageOf,
  type Shortage,
} from '../shortage.ts';

export const rollingDeployment: Rule = {
  name: 'rolling-deployment',
  asks: 'whether a rolling deployment fits',
  judge: (facts) =>
    eachFleet(facts, {
      copies: ({ replicas }) => replicas,
      option: '--replicas',
      judge: (service, fleet) => judgeService(facts, service, fleet),
    }),
};

function judgeService(facts: ReviewFacts, service: ReviewService, fleet: Fleet): Judgement {
  // What is too much on an ordinary day is said by the rule about that.
  const ordinary = shortageOf(service, fleet);
  if (ordinary !== null || service.maxSurge === undefined) return FINE;
  const finding = rollingFinding(facts, service, fleet) ?? endingFinding(facts, service, fleet);
  return finding === null ? FINE : found(finding);
}

function rollingFinding(facts: ReviewFacts, service: ReviewService, fleet: Fleet): Finding | null {
  const { maxSurge } = service;
  const shortage = shortageOf(service, { ...fleet, pods: rollingPods(service, fleet.pods) });
  if (shortage === null || maxSurge === undefined) return null;
  // Files of Kubernetes say that it rolls so, if only by what they leave to it.
  const isSure = maxSurge.source.kind === 'file';
  const surge = podsUp(maxSurge.value, fleet.pods);
  const how = isSure ? '' : ', if it surges by 25 % as Kubernetes does unless told otherwise,';
  const says = `A rolling deployment${ofService(service)}${how} runs ${fleet.pods} + ${counted(surge, 'pod')} (maxSurge ${surgeWords(maxSurge.value)}): ${neededWords(service, shortage)}, and ${freeWords(facts)}. ${refusedWords(shortage)}`;
  return {
    weight: isSure ? 'breaks' : 'hurts',
    place: placeOf(maxSurge) ?? sizePlace(service),
    says,
    mend: `${largestWords(service, shortage)}${alsoEnding(service, shortage, fleet)}${smallerSurge(shortage, fleet)}, or max_connections ${shortage.refused + (facts.maxConnections?.value ?? 0)}.`,
    figures: shortageFigures(shortage),
  };
}

/** A pool that fits beside the pods that end, too, if that is another one. */
function alsoEnding(service: ReviewService, { pods, largestPool }: Shortage, fleet: Fleet): string {
  const all = pods + endingPods(service, fleet.pods);
  const most = shortageOf(service, { ...fleet, pods: all })?.largestPool ?? largestPool;
  return most < 1 || most === largestPool
    ? ''
    : `; ${most} if pods that are ending still have theirs`;
}

/** A surge that fits, if one does. */
function smallerSurge(
  { perPod, besides: rest, free }: { perPod: number; besides: number; free: number },
  { pods }: Fleet,
): string {
  const fitting = Math.floor((free - rest) / perPod) - pods;
  const most = (pods + fitting) * perPod + rest;
  if (fitting < 1) return ', or maxSurge 0 with maxUnavailable 1';
  return `, or maxSurge ${fitting} (${counted(pods + fitting, 'pod')}, ${most})`;
}

function surgeWords(surge: Pods): string {
  return 'pods' in surge ? String(surge.pods) : `${Math.round(surge.share * 100)}%`;
}

/** Pods that end keep their connections for a while, beside those that have begun. */
function endingFinding(facts: ReviewFacts, service: ReviewService, fleet: Fleet): Finding | null {
  const ending = endingPods(service, fleet.pods);
  const running = rollingPods(service, fleet.pods);
  const shortage = shortageOf(service, { ...fleet, pods: running + ending });
  if (shortage === null || ending === 0) return null;
  const { graceSeconds } = service;
  const grace = graceSeconds === undefined ? '' : ` for up to ${graceSeconds.value} s`;
  return {
    weight: 'hurts',
    place: (graceSeconds && placeOf(graceSeconds)) ?? sizePlace(service),
    says: `While a deployment${ofService(service)} rolls, up to ${counted(ending, 'pod')} that ${ending === 1 ? 'is' : 'are'} ending may keep their connections${grace} beside ${running} that run: ${neededWords(service, shortage)}, and ${freeWords(facts)}.`,
    mend: `Close the pool when the pod is told to end, before it waits for anything else; or ${largestWords(service, shortage)}.`,
    figures: { ...shortageFigures(shortage), endingPods: ending },
  };
}

function sizePlace({ pools: [pool] }: ReviewService) {
  return pool === undefined ? null : placeOfSize(pool);
}
