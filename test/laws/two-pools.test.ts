// The plain pool against the general one with the policy of `generic`: whatever the settings, the changes
// and the restarts, both leave the same books, to the last digit and at any instant.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { booksOf } from '../support/books.ts';
import { fuzzed } from '../support/fuzz.ts';
import { faultsOf } from '../support/invariants.ts';
import { randomSystems } from '../support/random-systems.ts';
import { systemOf } from '../support/small-system.ts';

describe('the general pool with generic settings', () => {
  it('leaves the same books as the plain one', () => {
    const looks = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 });
    fc.assert(
      fc.property(randomSystems(150), looks, ({ seed, settings, changes, trafficEndsNs }, at) => {
        const wiring = { seed, changes, plainAfter: Infinity };
        const plain = systemOf(settings, wiring);
        const general = systemOf(settings, { ...wiring, generalPool: true });
        for (const share of [...at.toSorted((a, b) => a - b), 1, 3]) {
          plain.runUntil(Math.round(share * trafficEndsNs));
          general.runUntil(Math.round(share * trafficEndsNs));
          expect(booksOf(general)).toEqual(booksOf(plain));
          expect(faultsOf(general)).toEqual([]);
        }
      }),
      fuzzed(300),
    );
  });
});
