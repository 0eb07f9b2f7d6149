/** The assumptions that move the outcome most, as comments at the end of a scenario. */
import type { Influence, Influences, Outcome } from '../../experiment/influence.ts';
import { formatDuration } from '../../scenario/duration.ts';
import { wrap } from '../text.ts';
import { milliseconds, percent } from '../words.ts';
import { inputWords } from './input-words.ts';

const MOST = 3;
/** Columns of a comment's text. */
const WIDTH = 78;

/** Comments of YAML; they begin with an empty line. Empty when nothing that has an amount was assumed. */
export function measureFirst(influences: Influences): string {
  const first = influences.inputs.slice(0, MOST);
  if (first.length === 0) return '';
  const lines = [
    ...wrap(
      `Measure first what the outcome leans on most. As it stands: ${asItIs(influences)}.`,
      WIDTH,
    ),
    'With half as much of it, and with half as much again:',
    ...first.flatMap((one, i) => effectLines(one, i + 1)),
  ];
  return `\n${lines.map((line) => `# ${line}\n`).join('')}`;
}

/** `0 % fail, p99 9.2 s (from 38m30s to 41m)`. */
function asItIs({ unchanged, stretch, isWholeRun }: Influences): string {
  const { fromNs, toNs } = stretch;
  const when = `from ${formatDuration(fromNs)} to ${formatDuration(toNs)}, the busiest stretch`;
  return `${outcomeWords(unchanged)}${isWholeRun ? '' : ` (${when})`}`;
}

function effectLines({ path, isNoticed, smaller, larger }: Influence, number: number): string[] {
  const effect = `${outcomeWords(smaller)}; ${outcomeWords(larger)}`;
  return [
    ...wrap(`${number}. ${inputWords(path)} (${path})`, WIDTH, '   '),
    `   ${effect}${isNoticed ? '' : ': no matter here'}`,
  ];
}

/** `2.1 % fail, p99 3.4 s`. */
function outcomeWords(outcome: Outcome | null): string {
  if (outcome === null) return 'cannot be';
  const { errors, p99Ms } = outcome;
  const failing = errors === null ? 'nothing ends' : `${percent(errors)} fail`;
  return p99Ms === null ? failing : `${failing}, p99 ${milliseconds(p99Ms)}`;
}
