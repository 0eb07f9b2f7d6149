import type { Output } from './output.ts';
import type { ProgressLine } from './progress.ts';

/** A progress line for a terminal; only there is it loaded. */
export async function progressOn(err: Output): Promise<ProgressLine | null> {
  if (!err.isTerminal) return null;
  const { ProgressLine } = await import('./progress.ts');
  return new ProgressLine(err, () => performance.now());
}
