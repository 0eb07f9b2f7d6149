/** A law of durations, all of them longer or shorter by the same factor. */
import type { Law } from '../../engine/law.ts';
import type { RequestClassSettings } from '../../model/service/settings.ts';
import type { Step, WorkSettings } from '../../model/database/settings.ts';

export function scaledLaw(law: Law, factor: number): Law {
  switch (law.family) {
    case 'constant':
      return { ...law, value: Math.round(law.value * factor) };
    case 'exponential':
    case 'lognormal':
    case 'erlang':
    case 'gamma':
    case 'pareto':
      return { ...law, mean: law.mean * factor };
    case 'uniform':
      return { ...law, low: law.low * factor, high: law.high * factor };
    case 'hyperexponential': {
      const branches = law.branches.map((one) => ({ ...one, mean: one.mean * factor }));
      return { ...law, branches };
    }
    case 'empirical':
      return { ...law, values: law.values.map((value) => value * factor) };
    case 'percentiles': {
      const { p50, p95, p99, mean } = law;
      return {
        ...law,
        p50: p50 * factor,
        p95: p95 * factor,
        p99: p99 * factor,
        mean: mean * factor,
      };
    }
  }
}

/** The work of a request on its connections, or the time in the service itself. */
export type Part = 'work' | 'app';

/** The same request with more or less of a part. */
export function scaledRequest(
  request: RequestClassSettings,
  part: Part,
  factor: number,
): RequestClassSettings {
  return { ...request, work: scaledWork(request.work, part, factor) };
}

function scaledWork(work: WorkSettings, part: Part, factor: number): WorkSettings {
  if (work.kind === 'steps') {
    return { ...work, steps: work.steps.map((step) => scaledStep(step, part, factor)) };
  }
  if (part === 'app') return work;
  if (work.kind === 'hold') return { ...work, hold: scaledLaw(work.hold, factor) };
  return { ...work, work: scaledLaw(work.work, factor) };
}

function scaledStep(step: Step, part: Part, factor: number): Step {
  switch (step.kind) {
    case 'app':
      return part === 'app' ? { ...step, time: scaledLaw(step.time, factor) } : step;
    case 'query':
      return part === 'work' ? { ...step, work: scaledLaw(step.work, factor) } : step;
    case 'transaction':
      return { ...step, steps: step.steps.map((inner) => scaledStep(inner, part, factor)) };
  }
}
