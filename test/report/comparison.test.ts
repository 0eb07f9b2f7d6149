import { describe, expect, it } from 'vitest';
import { renderComparison } from '../../src/report/comparison.ts';
import { EMPTY, january, quiet } from './january.ts';

const changes = ['service.pool.max=30', 'service.pool.acquireTimeout=2s'];

describe('before and after', () => {
  it('stand side by side, each with the first line of its verdict', () => {
    const text = renderComparison({ before: january(), after: quiet(), changes });
    const lines = text.split('\n');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[0]).toBe('With service.pool.max=30, service.pool.acquireTimeout=2s:');
    expect(lines[1]).toMatch(/^What changed +before +after$/);
    const row = (name: string) => lines.find((line) => line.startsWith(name))?.split(/ {2,}/);
    expect(row('failed')).toEqual(['failed', '24.9 %', '0 %']);
    expect(row('failed in the outage')).toEqual(['failed in the outage', '30.0 %', '–']);
    expect(row('response: half')).toEqual(['response: half within', '5.0 s', '18 ms']);
    expect(row('requests wait at')).toEqual(['requests wait at', 'the pool', 'none']);
    expect(lines).toContain(
      'before: The pool is the bottleneck: full since 13:58:46, at 967 requests/s.',
    );
    expect(lines).toContain(
      'after:  The pool is not the bottleneck: 48 % in use; hardly anybody waits.',
    );
    expect(text.endsWith('.\n')).toBe(true);
  });

  it('leave out what neither run observed', () => {
    const requests = { arrived: 0, completed: 0, failed: 0, abandoned: 0, inFlight: 0 };
    const empty = quiet({ requests, response: EMPTY, acquireWait: EMPTY });
    const text = renderComparison({ before: empty, after: empty, changes: ['x'.repeat(200)] });
    expect(text).not.toMatch(/NaN|undefined|null|^response/m);
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
