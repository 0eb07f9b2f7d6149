/** `tidemark.config.yaml`: what is checked in a project, and how strictly. */
import { z } from 'zod';
import { inOrder, type Fault } from './fault.ts';
import { keyed } from './keyed.ts';
import { didYouMean } from './near-miss.ts';
import { formatPath, isMap } from './path.ts';
import { check } from './problem.ts';
import { read, refuse, show, type Reading } from './reading.ts';
import { fileName, freeText, scalar, share, wordOf } from './scalars.ts';
import { readYaml } from './yaml/yaml-source.ts';

/** The name of the file that is looked for. */
export const CONFIG_NAME = 'tidemark.config.yaml';

/** Figures with a tolerance of their own, as objectives call them, and as results do. */
const FIGURES: Readonly<Record<string, string>> = {
  errors: 'errors',
  'response p99': 'response.p99Ms',
  'response p50': 'response.p50Ms',
  'response mean': 'response.meanMs',
  'acquire p99': 'acquireWait.p99Ms',
  goodput: 'goodput.perSecond',
};

/** Requests that may be simulated; fewer than these are no run. */
const LEAST_BUDGET = 1000;
const MOST_BUDGET = 1e12;

const budget = scalar<number>(parseBudget, { anyOf: [{ type: 'integer' }, { type: 'string' }] });

const figure = z.string().refine((name) => Object.hasOwn(FIGURES, name), {
  error: (issue) => {
    const names = Object.keys(FIGURES);
    const near = didYouMean(String(issue.input), names);
    return `${show(issue.input)} is not judged${near === '' ? '' : near} (allowed: ${names.join(', ')})`;
  },
});

const configSchema = keyed({
  scenarios: z
    .union([fileName.transform((one) => [one]), z.array(fileName).min(1)], {
      error: (issue) => `${show(issue.input)} is no list of scenario files and folders`,
    })
    .optional()
    .meta({ description: 'Scenario files, folders of them, or names' }),
  baseline: fileName.optional().meta({ description: 'The file with what scenarios were' }),
  tolerance: share.optional().meta({ description: 'Share by which figures may be worse' }),
  tolerances: z
    .record(figure, share)
    .optional()
    .meta({ description: 'The same for single figures: errors, response p99 …' }),
  budget: budget.optional().meta({ description: 'Requests simulated for each scenario at most' }),
  undecided: wordOf(['pass', 'fail'])
    .optional()
    .meta({ description: 'What an objective counts as that the budget does not decide' }),
  seed: freeText.optional().meta({ description: "Of all runs, instead of each scenario's own" }),
});

export type WrittenConfig = z.output<typeof configSchema>;

export interface CheckConfig extends Omit<WrittenConfig, 'tolerances'> {
  /** By the names that results have for figures. */
  readonly tolerances: Readonly<Record<string, number>>;
}

type ConfigReading =
  | { readonly ok: true; readonly config: CheckConfig }
  | { readonly ok: false; readonly faults: readonly Fault[] };

export function readCheckConfig(file: string, text: string): ConfigReading {
  const source = readYaml(text);
  if (!source.ok) {
    const faults = source.faults.map((fault): Fault => ({ file, path: '', ...fault }));
    return { ok: false, faults };
  }
  const { value } = source.source;
  const checked = check(configSchema, isMap(value) || value !== null ? value : {});
  if (checked.ok) return { ok: true, config: configOf(checked.value) };
  const faults = checked.problems.map(({ path, part, code, message }): Fault => {
    const place = source.source.position(path, part);
    return { file, ...place, path: formatPath(path, value), code, message };
  });
  return { ok: false, faults: inOrder(faults) };
}

function configOf({ tolerances = {}, ...rest }: WrittenConfig): CheckConfig {
  const own = Object.entries(tolerances).map(([name, value]) => [FIGURES[name], value]);
  return { ...rest, tolerances: Object.fromEntries(own) as CheckConfig['tolerances'] };
}

/** `20M`, `500k`, 20000000: a number of requests. */
export function parseBudget(value: unknown): Reading<number> {
  const wanted = `a number of requests such as 20M or 500k is needed, from ${LEAST_BUDGET} on`;
  const text = typeof value === 'number' ? String(value) : value;
  const found = typeof text === 'string' ? /^(\d+(?:\.\d+)?) ?([kM]?)$/.exec(text.trim()) : null;
  if (found === null) return refuse('bad-budget', `${show(value)} is no budget; ${wanted}`);
  const [, digits = '', unit = ''] = found;
  const requests = Number(digits) * (UNITS[unit] ?? 1);
  if (requests >= LEAST_BUDGET && requests <= MOST_BUDGET) return read(Math.round(requests));
  return refuse('out-of-range', `${show(value)} is out of range; ${wanted}`);
}

const UNITS: Readonly<Record<string, number>> = { k: 1e3, M: 1e6 };
