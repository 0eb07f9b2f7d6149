import { describe, expect, it } from 'vitest';
import '../../src/vitest/index.ts';
import { scenarioOf } from '../experiment/small-run.ts';

/** Two connections that serve 100 requests/s, of which 50 or 300 come. */
function shop(rate: number, objectives: readonly string[]) {
  return scenarioOf({
    name: 'shop',
    duration: '1m',
    seed: 3,
    traffic: { rate },
    requests: { query: { exponential: '20ms' } },
    service: { instances: 1, pool: { max: 2, acquireTimeout: '1s' } },
    database: { contention: 'none' },
    objectives,
  });
}

const objectives = ['errors < 1%', 'response p99 < 900ms over run'];

async function failure(assertion: Promise<void>): Promise<string> {
  const error: unknown = await assertion.catch((thrown: unknown) => thrown);
  expect(error, 'what the matcher throws').toBeInstanceOf(Error);
  return (error as Error).message;
}

describe('toMeetObjectives', () => {
  it('holds for a scenario that meets all its objectives', async () => {
    await expect(shop(50, objectives)).toMeetObjectives();
    await expect(shop(300, objectives)).not.toMeetObjectives();
  });

  it('fails with the sentence of the reviewer and the value of each objective', async () => {
    const said = await failure(expect(shop(300, objectives)).toMeetObjectives({ seed: 11 }));
    expect(said).toMatch(
      /^shop misses errors < 1% \(\d[\d.]* %\) and 1 objective more; the pool is/,
    );
    expect(said).toMatch(/^ {2}missed {5}errors < 1%: 6\d(?:\.\d)? % \(.* to .*\)$/m);
    expect(said).toMatch(/^ {2}missed {5}response p99 < 900ms over run: over 1 % failed$/m);
    expect(said).toMatch(/^ {2}in \d+ runs of seed 11$/m);
  });

  it('says behind not that all are met', async () => {
    const said = await failure(expect(shop(50, objectives)).not.toMeetObjectives());
    expect(said).toMatch(/^shop passes\.\n\n {2}met {8}errors < 1%: 0 %\n/);
  });

  it('fails either way where the budget decides nothing', async () => {
    // The limit is the mean itself, which the interval holds.
    const { errors } = await ofTwoRuns();
    const scenario = shop(130, [`errors < ${(100 * errors).toFixed(3)}%`]);
    const options = { budget: 1000 };
    const plain = await failure(expect(scenario).toMeetObjectives(options));
    const not = await failure(expect(scenario).not.toMeetObjectives(options));
    expect(plain).toContain('shop may or may not meet errors');
    expect(plain).toContain('in 2 runs of seed 3');
    expect(not).toBe(plain);
  });

  it('refuses a scenario without objectives, which would always meet them', async () => {
    const none = shop(50, []);
    expect(await failure(expect(none).toMeetObjectives())).toContain('shop states no objectives');
    expect(await failure(expect(none).not.toMeetObjectives())).toContain('states no objectives');
  });

  it('refuses what is no scenario, and options that are wrong', async () => {
    expect(await failure(expect('shop.yaml').toMeetObjectives())).toBe(
      'toMeetObjectives: shop.yaml is no scenario; loadScenario and parseScenario make one',
    );
    const wrong = expect(shop(50, objectives)).toMeetObjectives({ budget: 'much' });
    expect(await failure(wrong)).toMatch(/^toMeetObjectives: budget: much is no budget; /);
  });
});

/** The mean share of errors over the two runs that the smallest budget allows. */
async function ofTwoRuns(): Promise<{ errors: number }> {
  const said = await failure(
    expect(shop(130, ['errors < 0.1%'])).toMeetObjectives({ budget: 1000 }),
  );
  return { errors: Number(/errors < 0.1%: ([\d.]+) %/.exec(said)?.[1]) / 100 };
}
