// `tidemark review`: read the files, ask every rule, print what they say.

import type { Finding } from '../../experiment/review/finding.ts';
import { review } from '../../experiment/review/review.ts';
import { renderDocument } from '../../report/document.ts';
import { reviewDocument } from '../../report/review/review-json.ts';
import { renderReview } from '../../report/review/review-report.ts';
import { coloursFor } from '../colour.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import type { RawReviewOptions } from './options.ts';
import { readReview } from './read.ts';

export async function reviewFiles(
  { out, env, signal }: Session,
  paths: readonly string[],
  raw: RawReviewOptions,
): Promise<ExitCode> {
  const { facts, files } = await readReview(paths, raw, signal);
  const answer = review(facts);
  const { color } = raw;
  const text = () => renderReview(answer, coloursFor({ isTerminal: out.isTerminal, color, env }));
  out.write(raw.json === true ? renderDocument(reviewDocument(answer, files)) : text());
  const isBad = ({ weight }: Finding): boolean => weight !== 'note';
  const fails = raw.strict === true && answer.findings.some(isBad);
  return fails ? exitCodes.objectiveMissed : exitCodes.fine;
}
