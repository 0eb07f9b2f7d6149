import { describe, expect, it } from 'vitest';
import { chartLines, type Panel } from '../../src/report/chart.ts';
import { runClock } from '../../src/report/run-clock.ts';

const clock = runClock({ start: '2024-01-21T13:30:00Z', end: '2024-01-21T14:30:00Z' });

function panel(changes: Partial<Panel>): Panel {
  return { title: 'Waiting', curves: [[1]], label: String, merge: 'mean', ...changes };
}

describe('a chart', () => {
  it('draws a curve over clock times', () => {
    const curves = [[0, 0, 4, 4, 2, null]];
    expect(chartLines([panel({ curves, max: 4 })], clock, 32)).toEqual([
      'Waiting',
      ' 4 ┤         ╭─────────╮',
      ' 3 ┤         │         │',
      ' 2 ┤         │         ╰────',
      ' 1 ┤         │',
      ' 0 ┼─────────╯',
      '   ├──────┬──────┬──────┬──────┬',
      ' 13:30  13:45  14:00  14:15',
    ]);
  });

  it.each([
    ['one window', [3]],
    ['nothing but zeros', [0, 0, 0]],
    ['nothing observed', [null, null]],
    ['no window at all', []],
    ['a tiny value', [1e-9]],
    ['a huge value', [4e20, 1]],
    ['thousands of windows', Array.from({ length: 5000 }, (_, i) => i % 7)],
  ])('of %s fits its width and names no NaN', (_, curve) => {
    const lines = chartLines([panel({ curves: [curve], label: (x) => x.toPrecision(2) })], clock);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/NaN|undefined|null|Infinity/);
    expect(lines[0]).toMatch(/^Waiting/);
  });

  it('says in words that there is nothing above zero', () => {
    expect(chartLines([panel({ curves: [[0, null, 0]] })], clock)).toEqual(['Waiting: none']);
  });

  it('draws a second curve in dots where the first leaves room', () => {
    const curves = [
      [4, 4],
      [2, 2],
    ];
    expect(chartLines([panel({ curves, max: 4 })], clock, 12).slice(1, 6)).toEqual([
      ' 4 ┼────────',
      ' 3 ┤',
      ' 2 ┤········',
      ' 1 ┤',
      ' 0 ┤',
    ]);
  });

  it('keeps a lone peak when windows are merged by their largest', () => {
    const curve = Array.from({ length: 1000 }, (_, i) => (i === 500 ? 8 : 0));
    const top = (merge: 'mean' | 'max') =>
      chartLines([panel({ curves: [curve], max: 8, merge })], clock)[1];
    expect(top('max')).toContain('╭╮');
    expect(top('mean')).not.toContain('╭');
  });
});
