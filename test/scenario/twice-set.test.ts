import { describe, expect, it } from 'vitest';
import { faultsOf, minimal } from './reading.ts';

describe('--set of the same setting', () => {
  it.each([
    [['service.pool.max=5', 'service.pool.max=6'], 'service.pool.max=6', 'service.pool.max=5'],
    [
      ['requests.query=5ms', 'service.queue=3', 'requests.request.query=6ms'],
      'requests.request.query=6ms',
      'requests.query=5ms',
    ],
  ])('sets a setting once: %j', (sets, second, first) => {
    expect(faultsOf(minimal, ...sets)).toEqual([
      `--set ${second}: sets the same as --set ${first}; keep one`,
    ]);
  });

  it('may say the same again, and set a part of what another has set', () => {
    expect(faultsOf(minimal, 'service.queue=3', 'service.queue=3')).toEqual([]);
    expect(faultsOf(minimal, 'service.pool={ max: 5 }', 'service.pool.max=6')).toEqual([]);
  });
});
