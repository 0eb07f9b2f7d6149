/**
 * `npm run bench`: the parts, the engine beside the recursion in one process, and the product beside the
 * yardstick in C, all from one run.
 *
 *     npm run bench -- [--quick] [--whole] [--json] [--record "what has changed"]
 */
import { plainAgainstC, januaryAgainstC, type AgainstC } from './against-c.ts';
import { type HistoryLine, record } from './history.ts';
import { compareWithRecursion, type InProcess } from './in-process.ts';
import type { Pairs } from './interleaved.ts';
import { benchOptions, type BenchOptions } from './options.ts';
import { runSuites, type SuiteLine } from './suites.ts';
import { figure, print, rounded, table } from './tables.ts';
import { Yardstick } from './yardstick.ts';

interface Measured {
  readonly node: string;
  readonly suites: readonly SuiteLine[];
  readonly inProcess: { readonly a: InProcess; readonly b: InProcess };
  readonly againstC: readonly AgainstC[];
}

async function measure({ quick, whole }: BenchOptions): Promise<Measured> {
  const yardstick = Yardstick.compile();
  try {
    const sizes = quick ? { small: 0.5, large: 2 } : { small: 20, large: 120 };
    const againstC = [
      plainAgainstC('a', sizes, yardstick),
      plainAgainstC('b', sizes, yardstick),
      januaryAgainstC(!quick, yardstick),
    ];
    const inProcess = {
      a: compareWithRecursion('a'),
      b: compareWithRecursion('b'),
    };
    const suites = await runSuites(whole);
    return { node: process.version, suites, inProcess, againstC };
  } finally {
    yardstick?.remove();
  }
}

function historyLine(
  change: string,
  quick: boolean,
  { node, inProcess, againstC }: Measured,
): HistoryLine {
  const { a, b } = inProcess;
  const ratioTo = (name: string) => {
    const ratio = againstC.find(({ workload }) => workload === name)?.ratio ?? null;
    return ratio === null || quick ? null : rounded(ratio);
  };
  return {
    change,
    node,
    aBare: rounded(a.bare.ratio.median),
    aWhole: rounded(a.whole.ratio.median),
    bBare: rounded(b.bare.ratio.median),
    bWhole: rounded(b.whole.ratio.median),
    eventBOverA: rounded(eventNs(b) / eventNs(a)),
    c: { a: ratioTo('a'), b: ratioTo('b'), january: ratioTo('january') },
  };
}

function eventNs({ bare, events }: InProcess): number {
  return bare.firstNs / events;
}

function partsTable({ suites }: Measured): string {
  const rows = suites.map(({ name, nsPerOperation }) => [name, figure(nsPerOperation)]);
  return table([['parts', 'ns'], ...rows]);
}

function recursionTable({ inProcess: { a, b } }: Measured): string {
  const row = (name: string, customers: number, { firstNs, secondNs, ratio }: Pairs) => [
    name,
    figure(firstNs / customers),
    figure(secondNs / customers),
    figure(ratio.median),
    `${figure(ratio.low)} to ${figure(ratio.high)}`,
  ];
  return table([
    ['one process, CPU ns a request', 'engine', 'recursion', 'ratio', '95 %'],
    row('A, bare', a.customers, a.bare),
    row('A, with the report', a.customers, a.whole),
    row('B, bare', b.customers, b.bare),
    row('B, with the report', b.customers, b.whole),
    ['an event on B ÷ one on A', '', '', figure(eventNs(b) / eventNs(a))],
  ]);
}

function yardstickTable({ againstC }: Measured): string {
  const rows = againstC.flatMap(({ workload, oursNs, elapsedNs, yardstickNs, ratio, ...run }) => {
    const name = workload === 'january' ? 'January' : workload.toUpperCase();
    const peak = `${run.peakMegabytes.toFixed(0)} MB`;
    const row = [name, figure(oursNs), figure(yardstickNs), figure(ratio), peak];
    if (elapsedNs === null) return [row];
    // One process of C on one core: its elapsed time is its CPU time.
    const byClock = yardstickNs === null ? null : yardstickNs / elapsedNs;
    return [row, [`${name}, elapsed`, figure(elapsedNs), figure(yardstickNs), figure(byClock), '']];
  });
  const heading = ['the command, CPU ns a request', 'ours', 'C', 'speed ÷ C', 'peak'];
  const hasC = againstC.some(({ yardstickNs }) => yardstickNs !== null);
  const leftOut = hasC ? '' : '\nNo C compiler was found: the yardstick is left out.';
  return `${table([heading, ...rows])}${leftOut}`;
}

const options = benchOptions();
const measured = await measure(options);
if (options.json) print(JSON.stringify(measured, null, 2));
else print([partsTable, recursionTable, yardstickTable].map((t) => t(measured)).join('\n\n'));
if (options.record !== null) record(historyLine(options.record, options.quick, measured));
