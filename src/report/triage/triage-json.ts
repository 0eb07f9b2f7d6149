/** A triage for programs. */
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
    hypotheses: hypotheses.map(({ cause, state, signs }) => ({
      cause,
      state,
      signs: signs.map(({ name, judgement, isMark }) => ({
        name,
        expected: signWords[name].expected,
        seen: signWords[name].seen(evidence),
        judgement,
        isMark,
      })),
    })),
    next: next.map(({ figure, tells }) => ({ ...figureWords[figure], figure, tells })),
  };
}
