/**
 * How much slower one query runs because others run too: V(n) ≥ 1.
 * `usl`: V(n) = 1 + σ(n−1) + κ·n(n−1), Gunther's Universal Scalability Law read as a slowdown, n = held
 * connections of the whole database. `cores`: egalitarian processor sharing, V(n) = max(1, n/cores),
 * n = CPU parts that run.
 */
import type { DatabaseSettings } from './settings.ts';

export type Slowdown = (population: number) => number;

export function slowdownOf(settings: DatabaseSettings): Slowdown {
  const { contention, cores } = settings;
  switch (contention.kind) {
    case 'usl':
      return (n) => (n <= 1 ? 1 : 1 + contention.sigma * (n - 1) + contention.kappa * n * (n - 1));
    case 'cores':
      return (n) => Math.max(1, n / cores);
    case 'none':
      return () => 1;
  }
}
