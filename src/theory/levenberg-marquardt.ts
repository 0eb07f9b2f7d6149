// Nonlinear least squares from a given start: the same steps on every machine.

export interface LeastSquaresProblem {
  readonly start: readonly number[];
  /** What is left to explain at each point. */
  readonly residuals: (parameters: readonly number[]) => number[];
  /** The derivatives of each residual by each parameter: one row a point. */
  readonly jacobian: (parameters: readonly number[]) => number[][];
  /** Steps out of this set are not taken. */
  readonly allowed: (parameters: readonly number[]) => boolean;
}

export interface LeastSquares {
  readonly parameters: readonly number[];
  /** Σ residual². */
  readonly squares: number;
}

/** Each step costs one solution of the normal equations; a fit takes some dozens. */
const MOST_STEPS = 1000;

/** A step this small against the parameters changes no digit that anybody prints. */
const SMALLEST_STEP = 1e-14;

/**
 * A local minimum of Σ residual². Levenberg 1944, Marquardt 1963: the normal equations with their
 * diagonal multiplied by 1 + damping, the damping a tenth after a good step and ten times after a bad
 * one. On the edge of what is allowed it stops short of the edge.
 */
export function levenbergMarquardt(problem: LeastSquaresProblem): LeastSquares {
  let parameters = problem.start;
  let residuals = problem.residuals(parameters);
  let squares = sumOfSquares(residuals);
  let damping = 1e-3;
  let normal = normalEquations(problem.jacobian(parameters), residuals);
  for (let step = 0; step < MOST_STEPS && damping < 1e20; step++) {
    const move = solve(damped(normal.matrix, damping), normal.right);
    const next = parameters.map((value, i) => value - (move[i] ?? NaN));
    const nextResiduals = problem.allowed(next) ? problem.residuals(next) : [NaN];
    const nextSquares = sumOfSquares(nextResiduals);
    if (!(nextSquares <= squares)) {
      damping *= 10;
      continue;
    }
    const still = next.every((value, i) => isStill(parameters[i] ?? 0, value));
    parameters = next;
    residuals = nextResiduals;
    squares = nextSquares;
    if (still) break;
    damping = Math.max(damping / 10, 1e-12);
    normal = normalEquations(problem.jacobian(parameters), residuals);
  }
  return { parameters, squares };
}

function isStill(before: number, after: number): boolean {
  return Math.abs(after - before) <= SMALLEST_STEP * Math.abs(before);
}

function sumOfSquares(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value * value, 0);
}

interface NormalEquations {
  readonly matrix: readonly (readonly number[])[];
  readonly right: readonly number[];
}

function normalEquations(rows: readonly number[][], residuals: readonly number[]): NormalEquations {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  const right = new Array<number>(size).fill(0);
  rows.forEach((row, point) => {
    row.forEach((a, i) => {
      right[i] = (right[i] ?? 0) + a * (residuals[point] ?? 0);
      const line = matrix[i];
      if (line !== undefined) row.forEach((b, j) => (line[j] = (line[j] ?? 0) + a * b));
    });
  });
  return { matrix, right };
}

function damped(matrix: NormalEquations['matrix'], damping: number): number[][] {
  return matrix.map((row, i) => row.map((value, j) => (i === j ? value * (1 + damping) : value)));
}

/**
 * The solution of a symmetric positive definite system by Gaussian elimination, which needs no exchange
 * of rows for such. A parameter that nothing depends on (pivot 0) does not move.
 */
function solve(matrix: number[][], right: readonly number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, i) => [...row, right[i] ?? 0]);
  rows.forEach((pivotRow, i) => {
    const pivot = pivotRow[i] ?? 0;
    for (const row of rows.slice(i + 1)) {
      const factor = pivot > 0 ? (row[i] ?? 0) / pivot : 0;
      for (let j = i; j <= size; j++) row[j] = (row[j] ?? 0) - factor * (pivotRow[j] ?? 0);
    }
  });
  const solution = new Array<number>(size).fill(0);
  for (let i = size - 1; i >= 0; i--) {
    const row = rows[i] ?? [];
    let rest = row[size] ?? 0;
    for (let j = i + 1; j < size; j++) rest -= (row[j] ?? 0) * (solution[j] ?? 0);
    const pivot = row[i] ?? 0;
    solution[i] = pivot > 0 ? rest / pivot : 0;
  }
  return solution;
}
