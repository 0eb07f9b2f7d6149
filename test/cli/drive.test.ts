import { describe, expect, it } from 'vitest';
import { drive } from '../../src/cli/drive.ts';

function* counting(steps: number, log: unknown[] = []): Generator<number, string> {
  try {
    for (let i = 0; i < steps; i++) yield i;
    return 'done';
  } finally {
    log.push('put away');
  }
}

describe('work that is driven', () => {
  it('reports every step and gives its result', async () => {
    const log: unknown[] = [];
    const { signal } = new AbortController();
    const result = await drive(counting(3), { signal, onProgress: (i) => log.push(i) });
    expect([result, ...log]).toEqual(['done', 0, 1, 2]);
  });

  it('hears of an interruption that comes while it works, and puts away what it holds', async () => {
    const log: unknown[] = [];
    const controller = new AbortController();
    const work = drive(counting(Infinity, log), {
      signal: controller.signal,
      onProgress: (i) => {
        if (i > 0) return;
        setImmediate(() => {
          controller.abort(new Error('enough'));
        });
      },
    });
    await expect(work).rejects.toThrow('enough');
    expect(log).toEqual(['put away']);
  });

  it('does not begin when it was interrupted before', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const log: unknown[] = [];
    const work = drive(counting(3), { signal, onProgress: (i) => log.push(i) });
    await expect(work).rejects.toThrow('enough');
    expect(log).toEqual([]);
  });
});
