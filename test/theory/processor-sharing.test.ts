import { describe, expect, it } from 'vitest';
import {
  processorSharing,
  sharedCoreResponseSdSeconds,
} from '../../src/theory/processor-sharing.ts';
import { expectOracle, queueOf } from './oracle-figures.ts';

describe('processor sharing', () => {
  it.each(['ps-01', 'ps-02'])('agrees with the oracle: %s', (id) => {
    expectOracle(id, (one) => {
      const queue = queueOf(one);
      const shared = processorSharing(queue);
      return {
        rho: shared.utilisation,
        n_mean: shared.meanInSystem,
        t_mean: shared.meanResponseSeconds,
        t_mean_of_job_with_half_mean_size: shared.meanResponseOfSeconds(
          queue.meanServiceSeconds / 2,
        ),
        t_mean_of_job_with_double_mean_size: shared.meanResponseOfSeconds(
          queue.meanServiceSeconds * 2,
        ),
        p_all_cores_busy: shared.allBusyProbability,
        // Known for one core and exponential work only; the oracle gives it for that case alone.
        t_sd: sharedCoreResponseSdSeconds(queue),
      };
    });
  });

  it('leaves a lone request alone', () => {
    const shared = processorSharing({ ratePerSecond: 1e-9, meanServiceSeconds: 1, servers: 4 });
    expect(shared.stretch).toBe(1);
    expect(shared.meanResponseOfSeconds(3)).toBe(3);
  });

  it('has no steady state from the load of its cores on', () => {
    const overload = { ratePerSecond: 2, meanServiceSeconds: 1, servers: 2 };
    const shared = processorSharing(overload);
    expect([shared.allBusyProbability, shared.meanInSystem]).toEqual([1, Infinity]);
    expect([shared.meanResponseOfSeconds(0), shared.meanResponseOfSeconds(1)]).toEqual([
      0,
      Infinity,
    ]);
    expect(sharedCoreResponseSdSeconds(overload)).toBe(Infinity);
  });
});
