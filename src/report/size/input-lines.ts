/** Input uncertainty: what the assumed inputs do to the answer, apart from what simulations leave open. */
import type { InputEffect } from '../../experiment/size/inputs.ts';
import { tableLines } from '../table.ts';
import { count, wholePercent } from '../words.ts';
import type { SizeText } from './size-report.ts';

/** Those that move the size most. */
const SHOWN = 5;

export function inputLines({ size, style }: SizeText): string[] {
  if (size.recommended === null || size.inputs === null) return [];
  const { effects, unchanged } = size.inputs;
  if (effects.length === 0) return [];
  const columns = [
    { head: 'If an input is not as assumed (approximate)', whenLong: 'shorten' as const },
    { head: 'half less', align: 'right' as const },
    { head: 'half more', align: 'right' as const },
    { head: 'enough up to', align: 'right' as const },
  ];
  const rows = effects
    .slice(0, SHOWN)
    .map((effect) => [
      effect.path,
      sizeWords(effect.smaller, effect.smallerBy, size.instances),
      sizeWords(effect.larger, effect.largerBy, size.instances),
      reachWords(effect),
    ]);
  const [head = '', ...lines] = tableLines(columns, rows);
  const base =
    unchanged === null ? [] : [`(fleet; by the same approximation ${count(unchanged)} as it is)`];
  return [style.bold(head), ...lines, ...base.map(style.dim)];
}

function sizeWords(connections: number | null, by: number, instances: number): string {
  const own = by === 0.5 || instances === 0 ? '' : ` (${wholePercent(by)})`;
  return connections === null ? 'no size' : `${count(connections)}${own}`;
}

function reachWords({ reach }: InputEffect): string {
  return reach === null ? '' : `+${wholePercent(reach)}`;
}
