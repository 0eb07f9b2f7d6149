/** The package entry `tidemark/theory`: the formulas that the simulator is held against, for use on their own. */
export { allenCunneenWaitSeconds } from './allen-cunneen.ts';
export { asymptoticBounds, saturationPerSecond } from './asymptotic-bounds.ts';
export { batchQueue } from './batch-arrivals.ts';
export { cliffThroughput } from './cliff.ts';
export { fitCliff } from './cliff-fit.ts';
export { queueWithTimeout } from './deterministic-patience.ts';
export { deterministicService } from './deterministic-service.ts';
export { engset } from './engset.ts';
export { erlangA } from './erlang-a.ts';
export { erlangB, lossQueue } from './erlang-b.ts';
export { erlangC, erlangCProbability } from './erlang-c.ts';
export { finiteQueue } from './finite-queue.ts';
export { fluidSurge, overloadFailedShare } from './fluid-surge.ts';
export { knee } from './knee.ts';
export { littlesPopulation } from './little.ts';
export { machineRepair } from './machine-repair.ts';
export { meanValueAnalysis } from './mean-value-analysis.ts';
export { modulatedArrivals } from './modulated-arrivals.ts';
export { phaseServiceQueue } from './phase-service.ts';
export { singleServer } from './pollaczek-khinchine.ts';
export { poolOverCores } from './pool-over-cores.ts';
export { processorSharing, sharedCoreResponseSdSeconds } from './processor-sharing.ts';
export type { Queue } from './queue.ts';
export {
  constantLaw,
  exponentialLaw,
  hyperexponentialLaw,
  lognormalLaw,
  type ServiceLaw,
} from './service-law.ts';
export {
  halfinWhittBeta,
  halfinWhittWaitProbability,
  squareRootStaffing,
} from './square-root-staffing.ts';
export { sharedCores, stateDependentPool } from './state-dependent.ts';
export { steadyArrivals } from './steady-arrivals.ts';
export { queuePeak, transient } from './transient.ts';
export { uslPeak, uslThroughput } from './usl.ts';
export { fitUsl } from './usl-fit.ts';
