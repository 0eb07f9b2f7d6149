import { type Fault, formatFault } from './fault.ts';

/**
 * What somebody gave is wrong: a scenario that cannot be read, or the arguments of a function. Its message
 * has a line for each fault, as the command prints them: `surge.yaml:12:9: service.pool.max: …`.
 */
export class InputError extends Error {
  override readonly name = 'InputError';
  /** All that is wrong, not only the first thing. */
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[], message = faults.map(formatFault).join('\n')) {
    super(message);
    this.faults = faults;
  }
}
