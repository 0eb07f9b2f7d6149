/** More than anybody reads, fewer than any two machines differ in. */
const DIGITS = 12;
/** Whole numbers of twelve digits are from the one on and below the other. */
const LEAST = 1e11;
const BEYOND = 1e12;
/** Those powers of ten that a double has exactly: 10^0 to 10^22. */
const POWERS = Array.from({ length: 23 }, (_, power) => Number(`1e${String(power)}`));
/** A number that is scaled by one of them is off by 10^-4 at most: nearer than this to a tie it does not tell. */
const NEAR_TIE = 1e-3;

/**
 * A number to twelve significant digits. What comes from a package passes through here before it decides
 * or prints anything. It is the number that its text would be read as, found without one where that is
 * sure: a whole number divided by a power of ten is the double nearest to the quotient if both are exact.
 */
export function twelveDigits(x: number): number {
  const size = Math.abs(x);
  if (size < BEYOND && Number.isInteger(x)) return x + 0;
  let power = DIGITS - 1;
  while (power > 0 && size * (POWERS[power] as number) >= BEYOND) power--;
  while (power < POWERS.length - 1 && size * (POWERS[power] as number) < LEAST) power++;
  const scale = POWERS[power] as number;
  const scaled = size * scale;
  const whole = Math.floor(scaled + 0.5);
  const isSure = Math.abs(Math.abs(scaled - whole) - 0.5) > NEAR_TIE;
  if (!isSure || scaled < LEAST || scaled >= BEYOND) return Number(x.toPrecision(DIGITS));
  return x < 0 ? -whole / scale : whole / scale;
}
