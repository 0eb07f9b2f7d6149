import { describe, expect, it } from 'vitest';
import { BalancerWatch } from '../../../src/model/watch/balancer-watch.ts';

const three = Uint8Array.of(1, 1, 1);
const nobody = new Int32Array(3);

describe('the watch over a balancer', () => {
  it.each<
    readonly [what: string, accepting: Uint8Array, chosen: readonly number[], faults: number]
  >([
    ['goes round', three, [0, 1, 2, 0, 1], 0],
    ['stays where it is', three, [0, 0], 1],
    ['leaves one out', three, [0, 2], 1],
    ['leaves out the one that takes none', Uint8Array.of(1, 0, 1), [0, 2, 0], 0],
    ['takes the one that takes none', Uint8Array.of(1, 0, 1), [0, 1], 1],
    ['finds nobody though there is one', three, [-1], 1],
    ['finds nobody where there is none', new Uint8Array(3), [-1], 0],
  ])('round-robin that %s', (_, accepting, chosen, faults) => {
    const watch = new BalancerWatch();
    for (const i of chosen) watch.choose('round-robin', i, accepting, nobody);
    expect(watch.faults).toBe(faults);
  });

  it.each([
    ['the idlest', [4, 2, 3], 1, 0],
    ['one with more', [4, 2, 3], 2, 1],
    ['the first of equals', [2, 2, 3], 0, 0],
    ['the second of equals', [2, 2, 3], 1, 1],
  ])('least-connections that takes %s', (_, outstanding, chosen, faults) => {
    const watch = new BalancerWatch();
    watch.choose('least-connections', chosen, three, Int32Array.from(outstanding));
    expect(watch.faults).toBe(faults);
  });

  it('lets chance take any instance that accepts', () => {
    const watch = new BalancerWatch();
    for (const i of [2, 2, 0]) watch.choose('random', i, Uint8Array.of(1, 0, 1), nobody);
    expect(watch.faults).toBe(0);
    watch.choose('random', 1, Uint8Array.of(1, 0, 1), nobody);
    expect(watch.faults).toBe(1);
  });
});
