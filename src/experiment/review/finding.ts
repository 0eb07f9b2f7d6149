/** What a rule of the review has to say. */
import type { Place } from '../../scenario/import/configuration.ts';
import type { ReviewFacts } from './facts.ts';

/**
 * `breaks`: connections are refused, or nothing goes on. `hurts`: requests wait or fail that need not.
 * `note`: good to know.
 */
export const WEIGHTS = ['breaks', 'hurts', 'note'] as const;

export type Weight = (typeof WEIGHTS)[number];

export interface Finding {
  readonly weight: Weight;
  /** The line that it is about; null: an option says it. */
  readonly place: Place | null;
  /** A sentence or two, with the figures. */
  readonly says: string;
  /** What to do. */
  readonly mend: string;
  /** The same figures for programs; times in milliseconds. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Judgement {
  readonly findings: readonly Finding[];
  /** Options that say what the rule would have to know: `--replicas`. */
  readonly needs: readonly string[];
}

export interface Rule {
  /** In JSON: `rolling-deployment`. */
  readonly name: string;
  /** What it asks, as a clause: `whether a rolling deployment fits`. */
  readonly asks: string;
  readonly judge: (facts: ReviewFacts) => Judgement;
}

/** Nothing to say, and nothing was missing. */
export const FINE: Judgement = { findings: [], needs: [] };

export function found(...findings: readonly Finding[]): Judgement {
  return { findings, needs: [] };
}

export function lacking(...needs: readonly string[]): Judgement {
  return { findings: [], needs };
}

/** What all of several judgements say. */
export function together(judgements: readonly Judgement[]): Judgement {
  return {
    findings: judgements.flatMap(({ findings }) => findings),
    needs: [...new Set(judgements.flatMap(({ needs }) => needs))],
  };
}
