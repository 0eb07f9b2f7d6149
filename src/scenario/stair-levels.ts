/** How many levels stairs have. */

/** What a quotient of rates may miss of a whole number by rounding. */
const ROUNDING = 1e-9;

/** Both ends included; the last step is smaller where `step` does not meet `to`. `step` is above 0. */
export function stairLevels({
  from,
  to,
  step,
}: {
  readonly from: number;
  readonly to: number;
  readonly step: number;
}): number {
  return 1 + Math.ceil(Math.abs(to - from) / step - ROUNDING);
}
