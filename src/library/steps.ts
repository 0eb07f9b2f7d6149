/**
 * The entry `tidemark/steps`: runs as generators, for those who show progress, stop a run or do other things
 * in between. Each `next` simulates for some milliseconds.
 */
export { simulate, type Progress, type RunOptions } from '../experiment/run.ts';
export { replicate, type Replications } from '../experiment/replicate.ts';
export { advise } from '../experiment/advise.ts';
