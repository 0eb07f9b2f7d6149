// The books of any system balance at any instant: random settings, changed and restarted midway.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../src/engine/time.ts';
import { fuzzed } from '../../support/fuzz.ts';
import { faultsOf, leftoversOf, useFaults } from '../../support/invariants.ts';
import { type RandomSystem, randomSystems } from '../../support/random-systems.ts';
import { systemOf } from '../../support/small-system.ts';

const LOOKS = 12;

function run({ seed, settings, changes, trafficEndsNs }: RandomSystem) {
  const system = systemOf(settings, { seed, changes });
  for (let look = 1; look <= LOOKS; look++) {
    system.runUntil(Math.floor((trafficEndsNs * look) / LOOKS));
    expect(faultsOf(system)).toEqual([]);
  }
  return system;
}

describe('a system with any settings, changed and restarted while it runs', () => {
  it('accounts for every request, connection and nanosecond', () => {
    fc.assert(
      fc.property(randomSystems(2000), (random) => {
        run(random);
      }),
      fuzzed(200),
    );
  });

  it('lets everybody leave once the traffic has ended', () => {
    fc.assert(
      fc.property(randomSystems(300), (random) => {
        const system = run(random);
        system.runUntil(random.trafficEndsNs + HOUR);
        expect([...faultsOf(system), ...leftoversOf(system)]).toEqual([]);
      }),
      fuzzed(400),
    );
  });

  it('has used its connections exactly as long as requests used them, if none was restarted', () => {
    fc.assert(
      fc.property(randomSystems(300), (random) => {
        const changes = random.changes.filter((change) => change.kind === 'set');
        const system = run({ ...random, changes });
        const end = random.trafficEndsNs + HOUR;
        system.runUntil(end);
        expect(useFaults(system, end)).toEqual([]);
      }),
      fuzzed(200),
    );
  });
});
