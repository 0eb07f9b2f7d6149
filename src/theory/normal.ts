// The normal law: density, distribution and quantile, to the precision of a double.

const SQRT_HALF = 0.7071067811865476;
const SQRT_TWO_PI = 2.5066282746310002;
const ONE_OVER_SQRT_PI = 0.5641895835477563;

/** The density φ(x) of the standard normal law. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_TWO_PI;
}

/**
 * The distribution function Φ(x) of the standard normal law; relative error below 2e-15 in either tail.
 * Cody 1969, "Rational Chebyshev approximations for the error function", in his three ranges.
 */
export function normalDistribution(x: number): number {
  const y = Math.abs(x) * SQRT_HALF;
  if (y <= 0.46875) {
    const z = y * y;
    return 0.5 + (0.5 * x * SQRT_HALF * polynomial(ERF_TOP, z)) / polynomial(ERF_BOTTOM, z);
  }
  const tail = 0.5 * expMinusHalfSquare(x) * (y <= 4 ? scaledNear(y) : scaledFar(y));
  return x < 0 ? tail : 1 - tail;
}

/**
 * The x with Φ(x) = share; ±Infinity at 1 and 0. Wichura 1988, algorithm AS 241 (PPND16), whose
 * relative error is about 1e-16.
 *
 * @throws RangeError when the share is not within 0 … 1
 */
export function normalQuantile(share: number): number {
  if (!(share >= 0 && share <= 1)) {
    throw new RangeError(`the share of a quantile is within 0 … 1, not ${share}`);
  }
  const q = share - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(CENTRE_TOP, r)) / polynomial(CENTRE_BOTTOM, r);
  }
  const tail = q < 0 ? share : 1 - share;
  if (tail === 0) return q < 0 ? -Infinity : Infinity;
  const r = Math.sqrt(-Math.log(tail));
  const size =
    r <= 5
      ? polynomial(MIDDLE_TOP, r - 1.6) / polynomial(MIDDLE_BOTTOM, r - 1.6)
      : polynomial(FAR_TOP, r - 5) / polynomial(FAR_BOTTOM, r - 5);
  return q < 0 ? -size : size;
}

/** erfc(y)·exp(y²) between 0.47 and 4. */
function scaledNear(y: number): number {
  return polynomial(ERFC_TOP, y) / polynomial(ERFC_BOTTOM, y);
}

/** … and beyond 4. */
function scaledFar(y: number): number {
  if (y === Infinity) return 0;
  const z = 1 / (y * y);
  const correction = (z * polynomial(FAR_ERFC_TOP, z)) / polynomial(FAR_ERFC_BOTTOM, z);
  return (ONE_OVER_SQRT_PI - correction) / y;
}

/** exp(−x²/2), with x split so that the rounding of its square does not reach the result. */
function expMinusHalfSquare(x: number): number {
  const size = Math.min(Math.abs(x), 40);
  const head = Math.trunc(size * 16) / 16;
  return Math.exp(-0.5 * head * head) * Math.exp(-0.5 * (size - head) * (size + head));
}

/** Coefficients stand from the constant upwards. */
function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((sum, coefficient) => sum * x + coefficient, 0);
}

const ERF_TOP = [
  3209.3775891384694, 377.485237685302, 113.86415415105016, 3.1611237438705655, 0.18577770618460315,
];
const ERF_BOTTOM = [
  2844.236833439171, 1282.6165260773723, 244.02463793444417, 23.601290952344122, 1,
];
const ERFC_TOP = [
  1230.3393547979972, 2051.0783778260716, 1712.0476126340707, 881.952221241769, 298.6351381974001,
  66.11919063714163, 8.883149794388377, 0.5641884969886701, 2.1531153547440383e-8,
];
const ERFC_BOTTOM = [
  1230.3393548037495, 3439.3676741437216, 4362.619090143247, 3290.7992357334597, 1621.3895745666903,
  537.1811018620099, 117.6939508913125, 15.744926110709835, 1,
];
const FAR_ERFC_TOP = [
  0.0006587491615298378, 0.016083785148742275, 0.12578172611122926, 0.36034489994980445,
  0.30532663496123236, 0.016315387137302097,
];
const FAR_ERFC_BOTTOM = [
  0.0023352049762686918, 0.06051834131244132, 0.5279051029514285, 1.8729528499234604,
  2.568520192289822, 1,
];
const CENTRE_TOP = [
  3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987,
  67265.7709270087, 33430.57558358813, 2509.0809287301227,
];
const CENTRE_BOTTOM = [
  1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
  28729.085735721943, 5226.495278852854,
];
const MIDDLE_TOP = [
  1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
  0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
];
const MIDDLE_BOTTOM = [
  1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008,
  0.015198666563616457, 0.0005475938084995345, 1.0507500716444169e-9,
];
const FAR_TOP = [
  6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487,
  0.026532189526576124, 0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
];
const FAR_BOTTOM = [
  1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133,
  1.8463183175100548e-5, 1.421511758316446e-7, 2.0442631033899397e-15,
];
