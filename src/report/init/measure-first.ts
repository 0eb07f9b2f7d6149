/** The assumptions that move the outcome most, as comments at the end of a scenario. */
import type { Influence, Influences } from '../../experiment/influence.ts';
import { VARIED } from '../../experiment/varied-inputs.ts';
import { wrap } from '../text.ts';
import { milliseconds, percent } from '../words.ts';

const MOST = 3;
/** Columns of a comment's text. */
const WIDTH = 78;

/** Comments of YAML; they begin with an empty line. */
export function measureFirst({ unchanged, inputs }: Influences): string {
  const first = inputs.slice(0, MOST);
  if (first.length === 0) return '';
  const by = percent(VARIED);
  const lines = [
    `Measure first; what comes out with ${by} less and ${by} more of it, not ${outcome(unchanged)}:`,
    ...first.map((one, i) => `${i + 1}. ${one.path}: ${effect(one)}`),
  ];
  return `\n${lines
    .flatMap((line) => wrap(line, WIDTH, '   '))
    .map((line) => `# ${line}\n`)
    .join('')}`;
}

function effect({ smaller, larger }: Influence): string {
  return `${smaller === null ? 'cannot be less' : outcome(smaller)}; ${larger === null ? 'cannot be more' : outcome(larger)}`;
}

/** `2.1 % fail, p99 3.4 s`. */
function outcome({ errors, p99Ms }: Influences['unchanged']): string {
  const failing = errors === null ? 'nothing ends' : `${percent(errors)} fail`;
  return p99Ms === null ? failing : `${failing}, p99 ${milliseconds(p99Ms)}`;
}
