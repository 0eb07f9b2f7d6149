// The plain pool against the general one with the policy of `generic`: whatever the settings, the changes
// and the restarts, both leave the same books, to the last digit and at any instant.

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/engine/time.ts';
import { changesOf } from '../../src/experiment/settings-history.ts';
import { System } from '../../src/model/system.ts';
import { formatFault } from '../../src/scenario/fault.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';
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

/** The scenarios that come along and have the plain pool, and how much of each is simulated. */
const PLAIN = [
  ['quickstart', 60],
  ['january-2024', 700],
  ['january-2024/balancer-least-connections', 300],
  ['january-2024/bounded-concurrency', 300],
  ['january-2024/no-churn', 300],
] as const;

describe.each(PLAIN)('%s', (name, seconds) => {
  it('leaves the same bytes on both pools', () => {
    const scenario = shipped(name);
    const [plain, general] = [false, true].map((generalPool) => {
      const system = new System({
        settings: scenario.system,
        changes: changesOf(scenario),
        alerts: scenario.alerts,
        seed: scenario.seed,
        mostInFlight: 1_000_000,
        log: null,
        generalPool,
      });
      return [0.3, 0.7, 1].map((share) => {
        while (!system.runUntil(share * seconds * SECOND, 1_000_000));
        return [JSON.stringify(system.snapshot()), ...booksOf(system)];
      });
    });
    expect(general).toEqual(plain);
    expect(plain?.[2]?.[1]).not.toBe('now 0');
  });
});

function shipped(name: string): Scenario {
  const file = new URL(`../../scenarios/${name}.yaml`, import.meta.url);
  const parsed = parseScenario({ file: name, text: readFileSync(file, 'utf8'), sets: [] });
  if (!parsed.ok) throw new Error(parsed.faults.map(formatFault).join('\n'));
  return parsed.scenario;
}
