/** A triage for programs. */
import { type Sign, type SignName, signs } from '../../experiment/diagnose/signs.ts';
import type { Triage } from '../../experiment/diagnose/triage.ts';
import { figureWords } from './figure-words.ts';
import { signWords } from './sign-words.ts';
import { triageVerdict } from './verdict.ts';

/** The document of `tidemark triage --json`. */
export function triageDocument(answer: Triage): object {
  const { evidence, hypotheses, next } = answer;
  return {
    format: 1,
    command: 'triage',
    evidence,
    verdict: triageVerdict(answer),
    hypotheses: hypothesesDocument({ hypotheses, evidence }),
    next: next.map(({ figure, tells }) => ({ ...figureWords[figure], figure, tells })),
  };
}

/** The causes with their signs in words, and the metrics that decide them. */
export function hypothesesDocument({
  hypotheses,
  evidence,
}: Pick<Triage, 'hypotheses' | 'evidence'>): object[] {
  return hypotheses.map(({ cause, state, signs: judged }) => ({
    cause,
    state,
    signs: judged.map(({ name, judgement, isMark }) => ({
      name,
      expected: signWords[name].expected,
      seen: signWords[name].seen(evidence),
      judgement,
      isMark,
      metrics: metricsOf(name),
    })),
  }));
}

function metricsOf(name: SignName): string[] {
  const sign: Sign = signs[name];
  return sign.needs.map((figure) => figureWords[figure].metric);
}
