/**
 * Probability laws of durations, as plain data. The unit is the caller's (the model uses nanoseconds).
 * A request carries only a *standard variate* of its law's family; `DurationLaw` turns it into a
 * duration with the parameters in force, so a changed plan also speeds up those already waiting.
 */
export type Law =
  | { readonly family: 'constant'; readonly value: number }
  | { readonly family: 'exponential'; readonly mean: number }
  | { readonly family: 'lognormal'; readonly mean: number; readonly cv: number }
  | { readonly family: 'uniform'; readonly low: number; readonly high: number };

/** Name of a law's family: what a change of settings may not change. */
export type LawFamily = Law['family'];

/** The mean of a law, in the law's own unit. */
export function lawMean(law: Law): number {
  switch (law.family) {
    case 'constant':
      return law.value;
    case 'exponential':
    case 'lognormal':
      return law.mean;
    case 'uniform':
      return (law.low + law.high) / 2;
  }
}
