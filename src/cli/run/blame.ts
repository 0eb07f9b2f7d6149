import { SimulationLimit } from '../../model/simulation-limit.ts';
import { Interrupted, OurFault, UserFault } from '../faults.ts';
import type { Plan } from './plan.ts';

/** Whose fault it is when a run breaks off: the user's, the scenario's, somebody's Ctrl-C, or ours. */
export function blame(error: unknown, { file, scenario, options }: Plan): unknown {
  if (error instanceof UserFault || error instanceof Interrupted) return error;
  if (error instanceof SimulationLimit) return new UserFault([`${file}: ${error.message}`]);
  const { name, hash, seed } = scenario;
  return new OurFault({ scenario: name, hash, seed: options.seed ?? seed }, error);
}
