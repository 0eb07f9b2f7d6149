/** The public library: parse a scenario, simulate it, check it, and say what was seen. */
export { parseScenario } from './scenario/parse-scenario.ts';
export type { FileContents, ReadFile } from './scenario/files.ts';
export { formatFault, type Fault } from './scenario/fault.ts';
export { InputError } from './scenario/input-error.ts';
export type { LoadedScenario } from './scenario/loaded-scenario.ts';
export type { Scenario } from './scenario/scenario.ts';
export { simulate, type SimulateOptions } from './library/simulate.ts';
export { advise } from './library/advise.ts';
export { check } from './library/check.ts';
export type { CheckRequest, Compared } from './library/check-request.ts';
export type { CheckDocument, CheckedFileDocument } from './report/check/check-document.ts';
export type { RunResult } from './experiment/result.ts';
export type { Advice, Trial } from './experiment/advice.ts';
export { SimulationLimit } from './model/simulation-limit.ts';
