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
    findings: answer.findings.map(findingDocument),
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

/** Where it stands is null when an option says it. */
export interface FindingDocument extends Pick<
  Review['findings'][number],
  'rule' | 'weight' | 'says' | 'mend' | 'figures'
> {
  readonly file: string | null;
  readonly line: number | null;
}

/** One finding, wherever it is reported. */
export function findingDocument(finding: Review['findings'][number]): FindingDocument {
  const { rule, weight, place, says, mend, figures } = finding;
  const [file, line] = [place?.file ?? null, place?.line ?? null];
  return { rule, weight, file, line, says, mend, figures };
}
