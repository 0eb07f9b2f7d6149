/** The words after `npm run bench --`; an unknown one ends the program. */
import { parseArgs } from 'node:util';

export interface BenchOptions {
  /** One document on stdout, and nothing else there. */
  readonly json: boolean;
  /** Small runs of the command and of January: too short for figures beside C that are worth recording. */
  readonly quick: boolean;
  /** January whole in the suites too, and 10⁹ requests in `bench:scale`. */
  readonly whole: boolean;
  /** Appends a line to the history, with these words on what has changed. */
  readonly record: string | null;
}

export function benchOptions(): BenchOptions {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      whole: { type: 'boolean', default: false },
      record: { type: 'string' },
    },
  });
  const { record = null, json, quick, whole } = values;
  return { json, quick, whole, record };
}
