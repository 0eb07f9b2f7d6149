import { describe, expect, it } from 'vitest';
import { longRunWarning } from '../../src/cli/run/long-run.ts';

describe('the warning before a long run', () => {
  it('says all requests, and the time of so many workers', () => {
    const text = longRunWarning(240_000_000, { workers: 2 });
    expect(text).toContain('about 240.0 million requests, which takes 12 seconds to 2 minutes;');
  });

  it('is not given where the workers need no longer than a minute', () => {
    expect(longRunWarning(240_000_000, { workers: 4 })).toBeUndefined();
  });
});
