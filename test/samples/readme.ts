// The parts of the README that show what a sample says.

import type { Advice } from '../../src/experiment/advice.ts';

const verdict = /(<!-- verdict of [^>]*-->\n\n```text\n)[^`]*(```)/;
const sizes = /(<!-- sizes of [^>]*-->\n\n(?:\|.*\n){2})(?:\|.*\n)*/;

/** The README with the verdict and the pool sizes of this report. */
export function withSamples(readme: string, report: string, advice: Advice): string {
  for (const part of [verdict, sizes]) {
    if (!part.test(readme)) throw new Error(`the README has no ${String(part)}`);
  }
  const [, , , ...rest] = report.split('\n');
  const lines = rest.slice(0, rest.indexOf(''));
  return readme
    .replace(verdict, (_, before: string, after: string) => {
      return `${before}${lines.join('\n')}\n${after}`;
    })
    .replace(sizes, (_, before: string) => `${before}${sizeRows(advice).join('')}`);
}

function sizeRows({ unchanged, trials }: Advice): string[] {
  const tried = trials.flatMap(({ kind, set, errors }) =>
    kind === 'pool-size' ? [[String(Object.values(set)[0]), errors] as const] : [],
  );
  return [['10', unchanged.errors] as const, ...tried].map(([size, errors]) => {
    const percent = `${(100 * (errors ?? 0)).toFixed(1)} %`;
    return `| ${size.padEnd(24)} | ${percent.padEnd(18)} |\n`;
  });
}
