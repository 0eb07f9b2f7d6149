/** The settings with their reasons, and as lines to paste. */
import type { RecommendedSetting } from '../../experiment/size/other-settings.ts';
import { tableLines } from '../table.ts';
import { wrap } from '../text.ts';
import { count, milliseconds } from '../words.ts';
import type { SizeText } from './size-report.ts';

/** Why each is set so. */
function reasonWords({ reason }: RecommendedSetting): string {
  switch (reason) {
    case 'size':
      return 'the smallest that meets the objectives';
    case 'late-anyway':
      return 'whoever waits longer is too late in any case';
    case 'served-in-time':
      return 'so many in line are served before they time out';
    case 'opening-is-slow':
      return 'opening connections during a surge is wait';
    case 'costs-holds':
      return 'opening them anew then costs at most 1 %';
  }
}

export function settingLines({ size, style }: SizeText): string[] {
  if (size.recommended === null) return [];
  const columns = [
    { head: 'Settings', whenLong: 'shorten' as const },
    { head: 'now', align: 'right' as const },
    { head: 'set', align: 'right' as const },
    { head: 'why', whenLong: 'shorten' as const },
  ];
  const rows = size.recommended.settings.map((setting) => [
    setting.name,
    setting.was === null ? 'no limit' : amountWords(setting, setting.was),
    amountWords(setting, setting.amount),
    reasonWords(setting),
  ]);
  const [head = '', ...lines] = tableLines(columns, rows);
  return [style.bold(head), ...lines];
}

function amountWords({ kind }: RecommendedSetting, amount: number): string {
  const isTime = kind === 'acquire-timeout' || kind === 'lifetime';
  return isTime ? milliseconds(amount / 1e6) : count(amount);
}

/** Lines of YAML in the product's own names, and the run that shows it. */
export function patchLines({ size, argument, style }: SizeText): string[] {
  if (size.recommended === null) return [];
  const { settings } = size.recommended;
  const sets = settings.flatMap(({ path, value }) =>
    path === null ? [] : [`--set ${path}=${String(value)}`],
  );
  return [
    style.bold(`In the settings of ${size.product === 'generic' ? 'the pool' : size.product}`),
    ...settings.map(({ name, value }) => `  ${name}: ${String(value)}`),
    ...wrap(`Try: tidemark run ${argument} ${sets.join(' ')}`, 80, '  '),
  ];
}
