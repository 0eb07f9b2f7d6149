/** The document of `--json`: the result, with the verdict and the advice. */
import type { Advice } from '../experiment/advice.ts';
import type { RunResult } from '../experiment/result.ts';
import { renderDocument } from './document.ts';
import { verdict } from './verdict.ts';

/**
 * The document as text, keys in the order of the result's type.
 * @param more further keys at the end, such as the run before a change
 */
export function renderJson(
  result: RunResult,
  advice: Advice | null,
  more: Readonly<Record<string, unknown>> = {},
): string {
  const document = { ...result, verdict: verdict(result, advice), advice, ...more };
  return renderDocument(document);
}
