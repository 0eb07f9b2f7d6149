// The little linear algebra that chains with phases need; dense, for some hundred phases at most.

/** Rows of equal length. */
export type Matrix = readonly (readonly number[])[];

/** A matrix whose entries are computed from their row and column. */
export function matrixOf(
  rows: number,
  columns: number,
  entry: (row: number, column: number) => number,
): Matrix {
  return Array.from({ length: rows }, (_, i) =>
    Array.from({ length: columns }, (_, j) => entry(i, j)),
  );
}

/** An entry; 0 outside. */
export function at(matrix: Matrix, row: number, column: number): number {
  return matrix[row]?.[column] ?? 0;
}

export function identity(size: number): Matrix {
  return matrixOf(size, size, (i, j) => (i === j ? 1 : 0));
}

/** a + factor·b. */
export function plus(a: Matrix, b: Matrix, factor = 1): Matrix {
  return a.map((row, i) => row.map((value, j) => value + factor * at(b, i, j)));
}

export function times(a: Matrix, b: Matrix): Matrix {
  return a.map((row) => rowTimes(row, b));
}

/** The row vector x·a. */
export function rowTimes(x: readonly number[], a: Matrix): number[] {
  const product = new Array<number>(a[0]?.length ?? 0).fill(0);
  x.forEach((value, k) => {
    if (value === 0) return;
    const row = a[k] ?? [];
    for (let j = 0; j < product.length; j++) product[j] = (product[j] ?? 0) + value * (row[j] ?? 0);
  });
  return product;
}

export function total(x: readonly number[]): number {
  return x.reduce((sum, value) => sum + value, 0);
}

/**
 * By Gauss and Jordan with the largest pivot of each column. Steps: the cube of the size.
 *
 * @throws Error when the matrix is singular, which no chain of this room makes it
 */
export function inverse(matrix: Matrix): Matrix {
  const size = matrix.length;
  const rows = matrixOf(size, 2 * size, (i, j) =>
    j < size ? at(matrix, i, j) : j - size === i ? 1 : 0,
  ).map((row) => Float64Array.from(row));
  for (let column = 0; column < size; column++) {
    const pivot = takePivot(rows, column);
    for (const [i, row] of rows.entries()) {
      const factor = row[column] ?? 0;
      if (i === column || factor === 0) continue;
      for (let j = column; j < 2 * size; j++) row[j] = (row[j] ?? 0) - factor * (pivot[j] ?? 0);
    }
  }
  return rows.map((row) => [...row.subarray(size)]);
}

/** Brings the row with the largest entry of this column to its place, with that entry 1. */
function takePivot(rows: Float64Array[], column: number): Float64Array {
  const size = (i: number) => Math.abs(rows[i]?.[column] ?? 0);
  let best = column;
  for (let i = column + 1; i < rows.length; i++) if (size(i) > size(best)) best = i;
  const pivot = rows[best];
  const displaced = rows[column];
  const entry = pivot?.[column] ?? 0;
  if (pivot === undefined || displaced === undefined || entry === 0) {
    throw new Error('bug: a singular matrix');
  }
  rows[best] = displaced;
  rows[column] = pivot;
  for (let j = 0; j < pivot.length; j++) pivot[j] = (pivot[j] ?? 0) / entry;
  return pivot;
}
