import { expect, test } from 'vitest';
import { RandomStreams } from '../../../../src/engine/random-streams.ts';
import { uniformStream } from '../../../../src/engine/variates.ts';
import { WaitingLine } from '../../../../src/model/pool/general/waiting-line.ts';

test.each(['random', 'race'] as const)(
  'in order %s each who waits is drawn once, though most of the line has left',
  (order) => {
    const line = new WaitingLine(uniformStream(new RandomStreams('line'), 'draws'));
    for (let slot = 0; slot < 100; slot++) line.push(slot, slot);
    // Every fourth stays, so that the gaps are closed at the first draw.
    for (let slot = 0; slot < 100; slot++) if (slot % 4 !== 1) line.remove(slot);

    const drawn = Array.from({ length: 25 }, () => line.next(order));

    expect(drawn.sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, i) => 4 * i + 1));
    expect(line.size).toBe(0);
  },
);
