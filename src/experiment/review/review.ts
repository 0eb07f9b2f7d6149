/** What is wrong with settings of pools, without any traffic: every rule asked, findings by their weight. */
import type { ReviewFacts } from './facts.ts';
import { WEIGHTS, type Finding } from './finding.ts';
import { RULES } from './rules.ts';

export interface Review {
  readonly facts: ReviewFacts;
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
  return { facts, findings: byWeight(findings), notJudged };
}

function byWeight<T extends Finding>(findings: readonly T[]): T[] {
  const rank = ({ weight }: T): number => WEIGHTS.indexOf(weight);
  return [...findings].sort((a, b) => rank(a) - rank(b));
}
