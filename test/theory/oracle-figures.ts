// A closed form against the exact values of the oracle, each within the uncertainty of that value.

import { expect } from 'vitest';
import type { Queue } from '../../src/theory/queue.ts';
import { type OracleCase, oracle } from '../laws/oracle.ts';

/** The arrivals, service and servers of a case. */
export function queueOf({ params }: OracleCase): Queue {
  return {
    ratePerSecond: params.arrival?.rate_per_s ?? NaN,
    meanServiceSeconds: (params.service.mean_ms ?? params.service.mean_ms_alone ?? NaN) / 1000,
    servers: params.pool?.max ?? params.database?.cores ?? NaN,
  };
}

/** What the theory says, under the oracle's own names; times in seconds, `_ms` left to the oracle. */
export type Figures = Readonly<Record<string, number>>;

/** Quantiles at the four shares of the oracle, named `${of}_p50${suffix}` and so on. */
export function quantiles(of: string, quantile: (share: number) => number, suffix = ''): Figures {
  return Object.fromEntries(
    [50, 90, 95, 99].map((percent) => [`${of}_p${percent}${suffix}`, quantile(percent / 100)]),
  );
}

/** Every value of the case must be among the figures, and agree. */
export function expectOracle(id: string, figuresOf: (one: OracleCase) => Figures): void {
  const one = oracle(id);
  const figures = figuresOf(one);
  const faults = Object.entries(one.expected).flatMap(([name, { value, calc_tol: tolerance }]) => {
    const figure = name.endsWith('_ms')
      ? 1000 * (figures[name.slice(0, -3)] ?? NaN)
      : figures[name];
    if (figure !== undefined && Math.abs(figure - value) <= tolerance) return [];
    return [`${name}: ${figure} instead of ${value} ± ${tolerance}`];
  });
  expect(faults).toEqual([]);
}
