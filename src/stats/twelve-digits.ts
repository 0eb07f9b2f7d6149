/**
 * A number to twelve significant digits: more than anybody reads, fewer than any two machines differ in.
 * What comes from a package passes through here before it decides or prints anything.
 */
export function twelveDigits(x: number): number {
  return Number(x.toPrecision(12));
}
