/** What a request's work consists of, whichever way it is written. */
import { type Law, lawMean } from '../../engine/law.ts';
import type { Step, WorkSettings } from './settings.ts';

/** All laws of a kind of work, in the order of its steps. */
export function lawsOf(work: WorkSettings): Law[] {
  switch (work.kind) {
    case 'hold':
      return [work.hold];
    case 'query':
      return [work.work];
    case 'steps':
      return work.steps.flatMap(lawsOfStep);
  }
}

function lawsOfStep(step: Step): Law[] {
  if (step.kind === 'transaction') return step.steps.flatMap(lawsOfStep);
  return [step.kind === 'app' ? step.time : step.work];
}

/** Mean times of one request that nobody slows down, ns. */
export interface WorkMeans {
  /** From its first step to its last. */
  readonly wholeNs: number;
  /** Connections that it keeps × how long. */
  readonly heldNs: number;
  /** Of that, work that queries slow down, and its part that is CPU. */
  readonly queryNs: number;
  readonly cpuNs: number;
}

export function workMeans(work: WorkSettings, roundTripNs: number): WorkMeans {
  if (work.kind === 'hold') {
    const mean = lawMean(work.hold);
    return { wholeNs: mean, heldNs: mean, queryNs: 0, cpuNs: 0 };
  }
  if (work.kind === 'query') return queryMeans(work, 1, roundTripNs);
  return sum(work.steps.map((step) => stepMeans(step, 0, roundTripNs)));
}

/** @param held connections that the request has when the step begins */
function stepMeans(step: Step, held: number, roundTripNs: number): WorkMeans {
  switch (step.kind) {
    case 'app': {
      const mean = lawMean(step.time);
      return { wholeNs: mean, heldNs: held * mean, queryNs: 0, cpuNs: 0 };
    }
    case 'query':
      return queryMeans(step, Math.max(held, 1), roundTripNs);
    case 'transaction':
      return sum(step.steps.map((inner) => stepMeans(inner, held + 1, roundTripNs)));
  }
}

function queryMeans(
  { work, cpu }: { readonly work: Law; readonly cpu: number },
  held: number,
  roundTripNs: number,
): WorkMeans {
  const queryNs = lawMean(work);
  const wholeNs = queryNs + roundTripNs;
  return { wholeNs, heldNs: held * wholeNs, queryNs, cpuNs: queryNs * cpu };
}

function sum(parts: readonly WorkMeans[]): WorkMeans {
  const total = (of: (part: WorkMeans) => number) => parts.reduce((all, part) => all + of(part), 0);
  return {
    wholeNs: total((p) => p.wholeNs),
    heldNs: total((p) => p.heldNs),
    queryNs: total((p) => p.queryNs),
    cpuNs: total((p) => p.cpuNs),
  };
}

/** Most connections that one request has at once. */
export function deepestHold(work: WorkSettings): number {
  return work.kind === 'steps' ? Math.max(...work.steps.map(depthOf)) : 1;
}

function depthOf(step: Step): number {
  if (step.kind === 'app') return 0;
  return step.kind === 'query' ? 1 : Math.max(1, 1 + Math.max(0, ...step.steps.map(innerDepth)));
}

/** Inside a transaction a query uses its connection. */
function innerDepth(step: Step): number {
  return step.kind === 'transaction' ? depthOf(step) : 0;
}
