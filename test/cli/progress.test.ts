import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Output } from '../../src/cli/output.ts';
import { ProgressLine } from '../../src/cli/progress.ts';

const halfway = { simulatedNs: 5, durationNs: 10, requests: 6_000_000, totalRequests: 12_000_000 };

/** A terminal, or a pipe, that remembers what was written to it. */
function stream({ isTTY }: { isTTY: boolean }): { output: Output; text: () => string } {
  const pipe = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  return {
    output: new Output(pipe, 'a test'),
    text: () => (pipe.read() as Buffer | null)?.toString() ?? '',
  };
}

/** A clock that stands until it is set. */
function clock(): { now: () => number; set: (ms: number) => void } {
  let timeMs = 0;
  return { now: () => timeMs, set: (ms) => (timeMs = ms) };
}

describe('the progress line', () => {
  it('shows percent, speed and time left once the work has lasted a second', () => {
    const { output, text } = stream({ isTTY: true });
    const { now, set } = clock();
    const line = new ProgressLine(output, now);
    line.show('simulating', halfway);
    set(999);
    line.show('simulating', halfway);
    expect(text()).toBe('');
    set(2000);
    line.show('simulating', halfway);
    line.clear();
    const shown = 'simulating [=====     ] 50 % | 3.0 million requests/s | 2 seconds left';
    expect(text()).toContain(shown);
    expect(shown.length).toBeLessThanOrEqual(80);
  });

  it('counts the time left for each part of the work', () => {
    const { output, text } = stream({ isTTY: true });
    const { now, set } = clock();
    const line = new ProgressLine(output, now);
    line.show('before', { ...halfway, requests: 12_000_000 });
    set(9000);
    line.show('after', { ...halfway, requests: 0 });
    set(10_000);
    line.show('after', { ...halfway, requests: 3_000_000 });
    line.clear();
    expect(text()).toContain('after [===       ] 25 % | 3.0 million requests/s | 3 seconds left');
  });

  it('goes by simulated time when nothing arrives', () => {
    const { output, text } = stream({ isTTY: true });
    const { now, set } = clock();
    const line = new ProgressLine(output, now);
    line.show('simulating', { ...halfway, requests: 0, totalRequests: 0 });
    set(1000);
    line.show('simulating', { ...halfway, requests: 0, totalRequests: 0 });
    line.clear();
    expect(text()).toContain('50 % | 0 requests/s | 1 second left');
  });

  it('wipes itself and shows the cursor again', () => {
    const { output, text } = stream({ isTTY: true });
    const { now, set } = clock();
    const line = new ProgressLine(output, now);
    set(5000);
    line.show('simulating', halfway);
    line.clear();
    expect(text().endsWith('\u001B[2K')).toBe(true);
    line.clear();
    expect(text()).toBe('');
  });

  it('is silent in a pipe', () => {
    const { output, text } = stream({ isTTY: false });
    const { now, set } = clock();
    const line = new ProgressLine(output, now);
    set(5000);
    line.show('simulating', halfway);
    line.clear();
    expect(text()).toBe('');
  });
});
