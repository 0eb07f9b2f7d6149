/** The levers, in their groups, with what a tenth of each does. */
import type { LeverEffect } from '../../experiment/diagnose/effects.ts';
import type { LeverGroup, LeverKind } from '../../experiment/diagnose/levers.ts';
import { section } from '../report.ts';
import { wrap } from '../text.ts';
import { amount, milliseconds, NOTHING } from '../words.ts';
import type { DiagnosisParts } from './diagnose-report.ts';

/** Of each group, unless all are asked for. */
const MOST = 4;

const GROUPS: Readonly<Record<LeverGroup, string>> = {
  settings: 'Settings',
  hardware: 'Hardware',
  demand: 'Demand',
};

export function leverLines({ diagnosis, full, style }: DiagnosisParts): string[] {
  const { levers, yardstick, trials } = diagnosis;
  const rows = (Object.keys(GROUPS) as LeverGroup[]).flatMap((group): Row[] => {
    const own = levers.filter((lever) => lever.group === group);
    const shown = full ? own : mostTelling(own);
    return shown.length === 0 ? [] : [GROUPS[group], ...shown];
  });
  const cells = rows.map((row) => (typeof row === 'string' ? [row, '', '', '', ''] : cellsOf(row)));
  const right = { align: 'right' } as const;
  const columns = [
    { head: 'Effect of +10 %', whenLong: 'shorten' as const },
    { head: 'tried' },
    { head: yardstick === 'served' ? 'more served' : 'faster', ...right },
    { head: 'failed', ...right },
    { head: '' },
  ];
  const lines = section({ style }, columns, cells, (i) => {
    const row = rows[i];
    return typeof row === 'object' && row.verdict === 'nothing' ? style.dim : undefined;
  });
  const { replications, windowSeconds, approximate } = trials;
  const length = milliseconds(windowSeconds * 1000);
  const note = approximate ? '; approximate: the lead-ins are short' : '';
  const said = `95 % intervals, ${String(replications)} windows of ${length}${note}.`;
  const unmeasured = diagnosis.unmeasured.flatMap(({ name, to, kind, brokeOff }) =>
    wrap(
      `Not measured: ${name} at ${typeof to === 'number' ? figure(to, kind) : to} broke off: ${brokeOff}.`,
    ),
  );
  return lines.length === 0 ? unmeasured : [...lines, said, ...unmeasured];
}

/** A group's name, or a lever of it. */
type Row = string | LeverEffect;

function cellsOf(lever: LeverEffect): string[] {
  const { name, errors } = lever;
  return [`· ${name}`, changeWords(lever), effectWords(lever), errorWords(errors), remark(lever)];
}

/** The strongest ones, in either direction, in the order of their group. */
function mostTelling(levers: readonly LeverEffect[]): LeverEffect[] {
  const byStrength = [...levers].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  const kept = new Set([
    ...byStrength.slice(0, MOST),
    ...levers.filter(({ kind, group }) => kind === 'choice' && group === 'settings'),
  ]);
  return levers.filter((lever) => kept.has(lever));
}

function changeWords({ change: { from, to }, kind }: LeverEffect): string {
  if (typeof from === 'string') return String(to);
  return typeof to === 'string' ? to : `${figure(from, kind)} → ${figure(to, kind)}`;
}

function figure(value: number, kind: LeverKind): string {
  if (kind === 'time') return milliseconds(value);
  if (kind === 'share') return `${Number((value * 100).toPrecision(3)).toString()} %`;
  return amount(value);
}

/** `+5.6 ± 0.3 %` */
export function effectWords({ effect, low, high }: LeverEffect): string {
  const half = (high - low) / 2;
  const digits = half * 100 < 0.95 ? 1 : 0;
  return `${signed(effect * 100, digits)} ± ${(half * 100).toFixed(digits)} %`;
}

function errorWords(errors: number | null): string {
  if (errors === null || Math.abs(errors) < 0.0005) return NOTHING;
  return `${signed(errors * 100, 1)} %`;
}

function signed(x: number, digits: number): string {
  const text = Math.abs(x).toFixed(digits);
  if (Number(text) === 0) return text;
  return x > 0 ? `+${text}` : `−${text}`;
}

function remark({ verdict, aheadOfNext }: LeverEffect): string {
  if (verdict === 'nothing') return 'nothing';
  if (verdict === 'undecided') return 'undecided';
  return aheadOfNext ? '' : 'or the next';
}
