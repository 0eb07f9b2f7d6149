import type { RunResult } from './result.ts';

/**
 * The result, if its certificate holds.
 * @throws Error when the run's own books do not balance: our fault
 */
export function soundResult(result: RunResult): RunResult {
  if (result.certificate.holds) return result;
  const broken = result.certificate.checks.filter((check) => check.exact && !check.holds);
  throw new Error(`bug: the certificate does not hold: ${broken.map((c) => c.name).join(', ')}`);
}
