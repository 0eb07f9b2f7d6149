/**
 * `npm run bench:agreement`: engine and recursion on ten million requests of A and of B, which must agree
 * in every count, sum and bucket. Nothing is timed.
 */
import { requireAgreement } from './in-process.ts';
import { print } from './tables.ts';
import { plainScenario } from './workloads.ts';

for (const name of ['a', 'b'] as const) {
  const { arrived } = requireAgreement(plainScenario(name, 10_000_000));
  print(`${name.toUpperCase()}: ${arrived.toLocaleString('en')} requests agree to the last bit`);
}
