/** What is wrong with settings of pools, without any traffic: every rule asked, findings by their weight. */
import { besides, demand, freeConnections, perCopy, rollingPods } from './connections.ts';
import type { ReviewFacts, ReviewService } from './facts.ts';
import { WEIGHTS, type Finding } from './finding.ts';
import { RULES } from './rules.ts';

/** What the pools of all services add up to; null: not known, or without limit. */
export interface PoolConnections {
  readonly ordinary: number | null;
  /** At the height of the rolling deployment of the service that has most then. */
  readonly rolling: number | null;
  /** With the autoscaler at its ceiling; null also without one. */
  readonly ceiling: number | null;
  /** What the database has for them. */
  readonly free: number | null;
}

export interface Review {
  readonly facts: ReviewFacts;
  readonly connections: PoolConnections;
  /** The heaviest first. */
  readonly findings: readonly (Finding & { readonly rule: string })[];
  /** Rules that could not be asked, and the options that would say what they need. */
  readonly notJudged: readonly NotJudged[];
}

export interface NotJudged {
  readonly rule: string;
  readonly asks: string;
  readonly needs: readonly string[];
}

export function review(facts: ReviewFacts): Review {
  const judged = RULES.map((rule) => ({ rule, ...rule.judge(facts) }));
  const findings = judged.flatMap(({ rule, findings: all }) =>
    all.map((finding) => ({ rule: rule.name, ...finding })),
  );
  const notJudged = judged
    .filter(({ needs }) => needs.length > 0)
    .map(({ rule: { name, asks }, needs }) => ({ rule: name, asks, needs }));
  return { facts, connections: connectionsOf(facts), findings: byWeight(findings), notJudged };
}

function byWeight<T extends Finding>(findings: readonly T[]): T[] {
  const rank = ({ weight }: T): number => WEIGHTS.indexOf(weight);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}

function connectionsOf(facts: ReviewFacts): PoolConnections {
  const finite = (n: number | null): number | null => (Number.isFinite(n) ? n : null);
  const { services } = facts;
  const ordinary = finite(demand(facts, ({ replicas }) => replicas?.value));
  const hasCeiling = services.some(({ ceiling }) => ceiling !== undefined);
  const rolling = services.map(
    (service) => besides(facts, service) + rollingOf(service) * perCopy(service),
  );
  return {
    ordinary,
    rolling: ordinary === null ? null : finite(Math.max(...rolling)),
    ceiling: hasCeiling
      ? finite(demand(facts, ({ ceiling, replicas }) => (ceiling ?? replicas)?.value))
      : null,
    free: freeConnections(facts) ?? null,
  };
}

function rollingOf(service: ReviewService): number {
  return rollingPods(service, service.replicas?.value ?? 0);
}
