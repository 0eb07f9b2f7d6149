import type { PlaceOf } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

/** A scenario that was read from a file, and where it comes from. */
export interface LoadedScenario extends Scenario {
  /** As it was named. */
  readonly file: string;
  /** What is sound and yet probably not meant: sentences, each with file, line and column. */
  readonly warnings: readonly string[];
  /** Where what it says stands, in its file or in one that it names. */
  readonly placeOf: PlaceOf;
}
