/** Where the time of those went that were answered in the stretch. */
import { section } from '../report.ts';
import { STAGES, STAGE_WORDS } from '../verdict/names.ts';
import { milliseconds, wholePercent } from '../words.ts';
import type { DiagnosisParts } from './diagnose-report.ts';

export function ledgerTable({ diagnosis: { ledgerMs }, style }: DiagnosisParts): string[] {
  const all = Object.values(ledgerMs).reduce((a, b) => a + b, 0);
  if (all === 0) return [];
  const rows = STAGES.filter((stage) => ledgerMs[stage] > 0).map((stage) => [
    STAGE_WORDS[stage],
    milliseconds(ledgerMs[stage]),
    wholePercent(ledgerMs[stage] / all),
  ]);
  const right = { align: 'right' } as const;
  return section(
    { style },
    [{ head: 'Where the time went' }, { head: 'mean', ...right }, { head: 'share', ...right }],
    rows,
  );
}
