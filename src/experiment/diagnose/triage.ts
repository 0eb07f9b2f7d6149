/** A handful of figures from a dashboard → what it is, what it is not, and what to look at next. */
import type { Evidence, EvidenceKey } from './evidence.ts';
import { type Cause, hypothesesFrom, type Hypothesis } from './hypotheses.ts';
import { type Sign, signs } from './signs.ts';

export interface Triage {
  readonly evidence: Evidence;
  readonly hypotheses: readonly Hypothesis[];
  /** Figures that are missing and would tell the remaining causes apart, the most telling first. */
  readonly next: readonly NextFigure[];
}

export interface NextFigure {
  readonly figure: EvidenceKey;
  /** The causes that it would show or exclude. */
  readonly tells: readonly Cause[];
}

export function triage(evidence: Evidence): Triage {
  const hypotheses = hypothesesFrom(evidence);
  return { evidence, hypotheses, next: nextFigures(evidence, hypotheses) };
}

/** A figure counts for each open cause that it decides; more where it is that cause's mark. */
function nextFigures(evidence: Evidence, hypotheses: readonly Hypothesis[]): NextFigure[] {
  const worth = new Map<EvidenceKey, { value: number; tells: Set<Cause> }>();
  for (const { cause, state, signs: judged } of hypotheses) {
    if (state === 'excluded') continue;
    for (const { name, judgement, isMark } of judged) {
      if (judgement !== 'not-said') continue;
      for (const figure of missing(signs[name], evidence)) {
        const entry = worth.get(figure) ?? { value: 0, tells: new Set() };
        entry.value += isMark ? 3 : 1;
        entry.tells.add(cause);
        worth.set(figure, entry);
      }
    }
  }
  return [...worth]
    .sort(([, a], [, b]) => b.value - a.value)
    .map(([figure, { tells }]) => ({ figure, tells: [...tells] }));
}

function missing({ needs }: Sign, evidence: Evidence): EvidenceKey[] {
  return needs.filter((key) => evidence[key] === null);
}
