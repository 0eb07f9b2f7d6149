/** A review for programs. */
import type { Review } from '../../experiment/review/review.ts';
import { listedFacts } from './fact-list.ts';
import { sourceDocument } from './source-words.ts';
import { verdictOf } from './verdict.ts';

/** The document of `tidemark review --json`. */
export function reviewDocument(
  answer: Review,
  files: readonly { readonly file: string; readonly kind: string }[],
): object {
  return {
    format: 1,
    command: 'review',
    files,
    verdict: verdictOf(answer),
    findings: answer.findings.map(({ rule, weight, place, says, mend, figures }) => ({
      rule,
      weight,
      file: place?.file ?? null,
      line: place?.line ?? null,
      says,
      mend,
      figures,
    })),
    connections: answer.connections,
    notJudged: answer.notJudged,
    facts: listedFacts(answer.facts).map(({ name, service, value, source }) => ({
      name,
      ...(service === null ? {} : { service }),
      value,
      from: sourceDocument(source),
    })),
  };
}
