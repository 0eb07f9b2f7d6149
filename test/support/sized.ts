// The size of random tests. Where many runs of the same test are needed, as for the mutants, each takes a
// part of its cases only; a tolerance follows the size by itself.

const share = Number(process.env['TIDEMARK_TEST_SIZE'] ?? 1);

/** A number of cases, runs or bins, in proportion to the size that is asked for. */
export function sized(ordinary: number): number {
  return Math.ceil(ordinary * share);
}
