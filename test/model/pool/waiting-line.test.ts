// Who is next among those who wait, with gaps where somebody has left.

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { uniformStream } from '../../../src/engine/variates.ts';
import { WaitingLine } from '../../../src/model/pool/general/waiting-line.ts';

function lineOf(n: number): WaitingLine {
  const line = new WaitingLine(uniformStream(new RandomStreams('line'), 'pool'));
  for (let slot = 0; slot < n; slot++) line.push(slot, slot);
  return line;
}

describe('the line', () => {
  it.each(['random', 'race'] as const)(
    '%s: draws everybody once, however many have left',
    (order) => {
      const line = lineOf(200);
      for (let slot = 1; slot < 199; slot += 2) line.remove(slot);
      for (let slot = 2; slot < 100; slot += 2) line.remove(slot);
      const drawn: number[] = [];
      while (line.size > 0) drawn.push(line.next(order));
      const stayed = Array.from({ length: 50 }, (_, k) => 100 + 2 * k);
      expect(drawn.toSorted((a, b) => a - b)).toEqual([0, ...stayed, 199]);
    },
  );

  it('lets one who comes back to its head be first, with the time at which he came back', () => {
    const line = lineOf(2);
    line.unshift(7, 9);
    expect([line.firstSince, line.next('fifo'), line.next('fifo')]).toEqual([9, 7, 0]);
  });
});
