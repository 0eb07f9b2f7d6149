import { SimulationLimit } from '../model/simulation-limit.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { Interrupted, OurFault, UserFault } from './faults.ts';

/** What was simulated when something broke off. */
interface Simulated {
  /** How messages call the scenario's file. */
  readonly file: string;
  readonly scenario: Scenario;
  readonly seed: string;
}

/** Whose fault it is when a run breaks off: the user's, the scenario's, somebody's Ctrl-C, or ours. */
export function blame(error: unknown, { file, scenario, seed }: Simulated): unknown {
  if (error instanceof UserFault || error instanceof Interrupted) return error;
  if (error instanceof SimulationLimit) return new UserFault([`${file}: ${error.message}`]);
  const { name, hash } = scenario;
  return new OurFault({ scenario: name, hash, seed }, error);
}
