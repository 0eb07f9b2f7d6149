import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { uniformStream } from '../../../src/engine/variates.ts';
import { Balancer } from '../../../src/model/service/balancer.ts';
import type { BalancerPolicy } from '../../../src/model/service/settings.ts';
import { STANDARD_ERRORS } from '../../support/statistics.ts';

const SEED = process.env['TIDEMARK_TEST_SEED'] ?? 'balancer';

function balancer(policy: BalancerPolicy, accepting: readonly number[]): Balancer {
  const made = new Balancer(
    policy,
    accepting.length,
    uniformStream(new RandomStreams(SEED), 'balancer'),
  );
  accepting.forEach((flag, i) => {
    made.accept(i, flag === 1);
  });
  return made;
}

/** So many attempts more at each instance. */
function busy(made: Balancer, attempts: readonly number[]): void {
  attempts.forEach((count, i) => {
    made.count(i, count);
  });
}

function chosen(from: Balancer, count: number): number[] {
  return Array.from({ length: count }, () => from.choose());
}

describe('round-robin', () => {
  it('takes one instance after another', () => {
    expect(chosen(balancer('round-robin', [1, 1, 1]), 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  it('passes over instances that do not accept, and takes them again when they do', () => {
    const made = balancer('round-robin', [1, 0, 1, 0]);
    expect(chosen(made, 4)).toEqual([0, 2, 0, 2]);
    made.accept(3, true);
    expect(chosen(made, 4)).toEqual([3, 0, 2, 3]);
  });
});

describe('least-connections', () => {
  it('takes the instance with the fewest attempts', () => {
    const made = balancer('least-connections', [1, 1, 1]);
    busy(made, [3, 1, 2]);
    expect(made.choose()).toBe(1);
  });

  it('lets equal instances take turns', () => {
    expect(chosen(balancer('least-connections', [1, 1, 1]), 7)).toEqual([0, 1, 2, 0, 1, 2, 0]);
  });

  it('lets equals take turns beside a busier one', () => {
    const made = balancer('least-connections', [1, 1, 1]);
    busy(made, [0, 5, 0]);
    expect(chosen(made, 4)).toEqual([0, 2, 0, 2]);
  });

  it('passes over an idle instance that does not accept', () => {
    const made = balancer('least-connections', [0, 1, 1]);
    busy(made, [0, 7, 9]);
    expect(chosen(made, 2)).toEqual([1, 1]);
  });

  it('knows how busy all are when it comes into force', () => {
    const made = balancer('round-robin', [1, 1, 1]);
    busy(made, [3, 1, 2]);
    made.apply('least-connections');
    expect(made.choose()).toBe(1);
  });
});

describe('random', () => {
  it('takes each accepting instance equally often, and no other', () => {
    const n = 60_000;
    const counts = [0, 0, 0, 0, 0];
    for (const i of chosen(balancer('random', [1, 0, 1, 1, 0]), n))
      counts[i] = (counts[i] ?? 0) + 1;
    expect([counts[1], counts[4]]).toEqual([0, 0]);
    const standardError = Math.sqrt((n * (1 / 3) * 2) / 3);
    for (const i of [0, 2, 3]) {
      expect(Math.abs((counts[i] ?? 0) - n / 3)).toBeLessThan(STANDARD_ERRORS * standardError);
    }
  });
});

describe.each<BalancerPolicy>(['round-robin', 'random', 'least-connections'])('%s', (policy) => {
  it('answers −1 when no instance accepts', () => {
    expect(balancer(policy, [0, 0]).choose()).toBe(-1);
  });
});

describe('the choices that are looked at', () => {
  it('come to every instance of a fleet of any size where all take turns', () => {
    for (let fleet = 2; fleet <= 1100; fleet++) {
      const { lookEvery } = balancer('round-robin', new Array<number>(fleet).fill(1));
      const looked = new Set(Array.from({ length: fleet }, (_, k) => (k * lookEvery) % fleet));
      expect(looked.size).toBe(fleet);
    }
  });
});

describe('a change of the policy', () => {
  it('from chance to turns goes on where the turns were, and no watch finds fault with it', () => {
    const made = balancer('round-robin', [1, 1, 1]);
    const turns = chosen(made, 1);
    // One choice in seven is looked at: each of these turns.
    for (let i = 0; i < 20; i++) {
      made.apply('random');
      chosen(made, 6);
      made.apply('round-robin');
      turns.push(...chosen(made, 1));
    }
    expect(turns).toEqual(turns.map((_, i) => i % 3));
    expect(made.watch.faults).toBe(0);
  });
});
