// The refusal of numbers that mean nothing, in one wording for the whole room.

/** @throws RangeError when the value is not above 0 and finite */
export function requirePositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return;
  throw new RangeError(`${name} is a finite number above 0, not ${value}`);
}

/** @throws RangeError when the value is below 0 or not finite */
export function requireNotNegative(name: string, value: number): void {
  if (value >= 0 && value < Infinity) return;
  throw new RangeError(`${name} is a finite number of at least 0, not ${value}`);
}

/** @throws RangeError when the value is not whole or below the least */
export function requireWhole(name: string, value: number, least: number): void {
  if (Number.isSafeInteger(value) && value >= least) return;
  throw new RangeError(`${name} is a whole number of at least ${least}, not ${value}`);
}

/** @throws RangeError when the value is not within least … most */
export function requireWithin(name: string, value: number, least: number, most: number): void {
  if (value >= least && value <= most) return;
  throw new RangeError(`${name} is within ${least} … ${most}, not ${value}`);
}

/** @throws RangeError when the share of a quantile is not within 0 ≤ share < 1 */
export function requireShare(share: number): void {
  if (share >= 0 && share < 1) return;
  throw new RangeError(`the share of a quantile is at least 0 and below 1, not ${share}`);
}
