/** The answer of `size` as text. */
import type { Size } from '../../experiment/size/answer.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { plainStyle, type Style } from '../style.ts';
import { oneLine } from '../text.ts';
import { alternativeLines } from './alternative-lines.ts';
import { fleetLines, ruleLines } from './fleet-lines.ts';
import { inputLines } from './input-lines.ts';
import { patchLines, settingLines } from './setting-lines.ts';
import { verdictLines } from './verdict-lines.ts';

/** What every section is made from. */
export interface SizeText {
  readonly size: Size;
  readonly scenario: Scenario;
  /** How the user called the scenario. */
  readonly argument: string;
  readonly style: Style;
}

/** The verdict first, then what it rests on; at most 80 columns and 60 lines. */
export function renderSize(of: Omit<SizeText, 'style'> & { readonly style?: Style }): string {
  const text: SizeText = { ...of, style: of.style ?? plainStyle };
  const head = [text.style.bold(oneLine(text.scenario.title)), ...verdictLines(text)];
  const sections = [alternativeLines, settingLines, fleetLines, ruleLines, inputLines, patchLines];
  return [head, ...sections.map((lines) => lines(text))]
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.map((line) => `${line}\n`).join(''))
    .join('\n');
}
