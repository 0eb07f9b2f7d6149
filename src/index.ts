/** The public library: parse a scenario, simulate it, and say what was seen. */
export { parseScenario } from './scenario/parse-scenario.ts';
export type { FileContents, ReadFile } from './scenario/files.ts';
export { formatFault, type Fault } from './scenario/fault.ts';
export type { Scenario } from './scenario/scenario.ts';
export { simulate, type Progress, type RunOptions } from './experiment/run.ts';
export { replicate, type Replications } from './experiment/replicate.ts';
export { advise } from './experiment/advise.ts';
export type { RunResult } from './experiment/result.ts';
export type { Advice, Trial } from './experiment/advice.ts';
export { SimulationLimit } from './model/simulation-limit.ts';
