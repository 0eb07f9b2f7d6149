/** A closed form's figure beside the simulated one, as the certificate shows it. */
import { formatClock, formatIso } from '../../scenario/clock.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { distanceFrom, type Estimate, ratioEstimate } from '../../stats/ratio-estimate.ts';
import type { ClosedFormCheck } from '../result.ts';
import { rounded } from '../rounding.ts';
import type { Figure, FigureKind } from './closed-form.ts';
import type { Plan } from './plan.ts';
import { partsOf, type ServiceReading } from './readings.ts';

/** A simulated value that is more standard errors than this away from theory deviates. */
const MOST_Z = 4;

const MILLISECONDS = { unit: 'ms', scale: 1000 } as const;
const SHARE = { unit: 'share', scale: 1 } as const;

/** What the figure is called in a sentence and in a table, and how it is shown. */
const FIGURES = {
  'mean-wait': { words: 'mean wait for a connection', short: 'mean wait', ...MILLISECONDS },
  'wait-share': {
    words: 'requests that wait for a connection',
    short: 'who wait',
    ...SHARE,
  },
  'lost-share': {
    words: 'requests that get no connection',
    short: 'who get none',
    ...SHARE,
  },
  'left-share': { words: 'requests whose client leaves first', short: 'who leave', ...SHARE },
  throughput: {
    words: 'requests that get a connection',
    short: 'who get one',
    unit: 'per second',
    scale: 1,
  },
  utilisation: { words: 'connections in use', short: 'in use', ...SHARE },
} as const satisfies Record<FigureKind, object>;

/**
 * @param readings at the plan's instants
 * @returns null when the stretch did not show the figure at all
 */
export function compare(
  scenario: Scenario,
  { stretch, form, instants }: Plan,
  readings: readonly ServiceReading[],
  { kind, expected }: Figure,
): ClosedFormCheck | null {
  const batches = readings
    .slice(1)
    .map((reading, i) => partsOf(kind, readings[i] as ServiceReading, reading));
  const estimate = ratioEstimate(batches);
  if (estimate === null || !Number.isFinite(expected) || expected <= 0) return null;
  const { words, short, unit, scale } = FIGURES[kind];
  const [fromNs, toNs] = [instants[0] as number, instants.at(-1) as number];
  const service = serviceName(scenario, stretch.service);
  const clock = (at: number) => formatClock(scenario, at, { seconds: 'when-needed' });
  const of = service === null ? '' : ` of ${service}`;
  const manner = form.error > 0 ? `${form.name}, approximate` : form.name;
  return {
    name: `${words}${of} ${clock(fromNs)} to ${clock(toNs)}, ${manner}`,
    exact: false,
    ...verdict(rounded(expected * scale), form.error, {
      value: rounded(estimate.value * scale),
      standardError: rounded(estimate.standardError * scale),
      skew: rounded(estimate.skew * scale),
    }),
    figure: `${short}${of}`,
    unit,
    form: manner,
    from: formatIso(scenario, fromNs),
    to: formatIso(scenario, toNs),
  };
}

/** All numbers are rounded before they are subtracted, so that z has the same digits on any machine. */
function verdict(expected: number, error: number, estimate: Estimate) {
  const { value: observed, standardError } = estimate;
  if (error === 0) {
    const z = Number(distanceFrom(expected, estimate).toFixed(3));
    return { expected, observed, z, holds: Math.abs(z) <= MOST_Z };
  }
  const ratio = rounded(observed / expected);
  const allowed = error * expected + MOST_Z * standardError;
  return { expected, observed, ratio, holds: Math.abs(observed - expected) <= allowed };
}

/** null where there is only one. */
function serviceName({ system: { services } }: Scenario, index: number): string | null {
  return services.length === 1 ? null : (services[index]?.name ?? null);
}
