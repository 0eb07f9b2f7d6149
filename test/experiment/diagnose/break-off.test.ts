import { describe, expect, it } from 'vitest';
import { diagnose } from '../../../src/experiment/diagnose/diagnose.ts';
import { excerpt, type ExcerptInput } from '../../../src/experiment/diagnose/excerpt.ts';
import { begin } from '../../../src/experiment/works.ts';
import { SECOND } from '../../../src/engine/time.ts';
import { SimulationLimit } from '../../../src/model/simulation-limit.ts';
import { renderDiagnosis } from '../../../src/report/diagnose/diagnose-report.ts';
import { plainStyle } from '../../../src/report/style.ts';
import { widthOf } from '../../../src/report/text.ts';
import { finished } from '../answer-now.ts';
import { scenarioOf } from '../small-run.ts';
import { little, surge } from './small-diagnosis.ts';

/** Whoever is refused tries again in no time, for ever. */
const { system } = scenarioOf({
  duration: '1m',
  traffic: { rate: 200, client: { retry: { attempts: 1000, backoff: '0s' } } },
  requests: { query: '1s' },
  service: { pool: { max: 1, maxPending: 1 } },
});
const input: ExcerptInput = {
  settings: system,
  changes: [],
  startNs: 0,
  stretches: [{ fromNs: 0, toNs: SECOND }],
  seed: '1',
};

describe('an excerpt that cannot go on', () => {
  it('is a failure, or a result where it may be one', () => {
    expect(() => finished(excerpt(input))).toThrow(SimulationLimit);
    const { readings, brokeOff } = finished(excerpt({ ...input, mayBreakOff: true }));
    expect(readings).toEqual([]);
    expect(brokeOff).toMatch(/^time stands still: /);
  });
});

/** Diagnoses a pool of two; what is simulated with more than that breaks off. */
function diagnosed() {
  const scenario = surge([100, 400], {
    requests: { query: { exponential: '10ms' } },
    service: { pool: { max: 2, acquireTimeout: '1s' } },
  });
  const question = diagnose(scenario, { fromNs: null, toNs: null, budget: 200_000, size: little });
  let step = question.next();
  while (step.done !== true) {
    const outputs = step.value.inputs.map((one) => {
      const { settings, changes = [] } = one as Partial<ExcerptInput>;
      const all = [settings, ...changes.map((each) => ('settings' in each ? each.settings : null))];
      const isLarger = all.some((each) => (each?.services[0]?.pool.max ?? 0) > 2);
      const brokeOff = '2000000 requests are in flight, and nothing bounds that';
      if (isLarger) return { readings: [], brokeOff };
      return finished(begin(step.done === true ? 'run' : step.value.work, one));
    });
    step = question.next(outputs);
  }
  return { scenario, diagnosis: step.value };
}

describe('a diagnosis in which some of what is tried breaks off', () => {
  const { scenario, diagnosis } = diagnosed();

  it('measures all the rest', () => {
    const { unmeasured, levers, counterfactuals } = diagnosis;
    expect(unmeasured.map(({ path, to }) => [path, to])).toEqual([['service.pool.max', 3]]);
    expect(levers.map(({ path }) => path)).not.toContain('service.pool.max');
    expect(levers.map(({ path }) => path)).toContain('requests');
    const sizes = counterfactuals.filter(({ kind }) => kind === 'pool-size');
    expect(sizes.map(({ size, fewer, errors }) => [size, fewer, errors])).toEqual(
      [4, 6, 8, 12].map((size) => [size, null, null]),
    );
  });

  it('says so', () => {
    const text = renderDiagnosis({ diagnosis, scenario, full: true, style: plainStyle });
    expect(text).toContain('Not measured: size of the pool at 3 broke off: 2000000 requests');
    expect(text).toMatch(/the pool at 12 from .* on +broke off +–/);
    expect(text).not.toContain('Had the pool been');
    expect(text.split('\n').filter((line) => widthOf(line) > 80)).toEqual([]);
  });
});
