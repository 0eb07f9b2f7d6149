import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { review } from '../../src/experiment/review/review.ts';
import { renderDocument } from '../../src/report/document.ts';
import { reviewDocument } from '../../src/report/review/review-json.ts';
import { renderReview } from '../../src/report/review/review-report.ts';
import { plainStyle } from '../../src/report/style.ts';
import { PROFILES } from '../../src/scenario/profiles.ts';
import { factsOf, hikari, known, pool, surge } from '../experiment/review/facts.ts';

const nightly = process.env['TIDEMARK_NIGHTLY'] === '1';

/** Profiles whose pools have a size unless somebody sets one. */
const ids = PROFILES.map(({ id }) => id);
const inFront = PROFILES.filter(({ asPooler }) => asPooler !== undefined).map(({ id }) => id);

const maybe = (least: number, most: number) =>
  fc.option(fc.integer({ min: least, max: most }).map(known), { nil: undefined });

/** Without what is not known. */
function present<T extends object>(map: T): { [K in keyof T]?: NonNullable<T[K]> } {
  const there = Object.entries(map).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [K in keyof T]?: NonNullable<T[K]> };
}

const anyService = fc
  .record({
    pools: fc.array(fc.constantFrom(...ids), { minLength: 1, maxLength: 3 }),
    replicas: maybe(0, 500),
    maxSurge: fc.option(fc.integer({ min: 0, max: 300 }).map(surge), { nil: undefined }),
    maxUnavailable: fc.option(fc.integer({ min: 0, max: 100 }).map(surge), { nil: undefined }),
    ceiling: maybe(1, 1000),
    processes: maybe(1, 32),
    threads: maybe(1, 500),
    connectionsPerRequest: maybe(1, 4),
    callerTimeoutNs: maybe(1, 100e9),
    surgePerSecond: maybe(1, 100_000),
  })
  .map(({ pools, ...rest }) => ({ pools: pools.map((id) => pool(id)), ...present(rest) }));

const anyFacts = fc
  .record({
    services: fc.array(anyService, { minLength: 1, maxLength: 3 }),
    poolers: fc.array(fc.constantFrom(...inFront), { maxLength: 2 }),
    maxConnections: maybe(1, 2000),
    connectNs: maybe(1, 100e9),
    idleLimitNs: maybe(1, 4000e9),
  })
  .map(({ services: [first = {}, ...others], poolers, ...rest }) =>
    factsOf(first, { poolers: poolers.map((id) => pool(id)), ...present(rest) }, ...others),
  );

describe('the report of a review', () => {
  it('has no figure that is none, and fits 80 columns and a screen, whatever the facts are', () => {
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const answer = review(facts);
        const document = renderDocument(reviewDocument(answer, []));
        const text = renderReview(answer, plainStyle);
        expect(text + document).not.toMatch(
          /NaN|Infinity|undefined|-\d+ (?:pod|connection|process)/,
        );
        const lines = text.trimEnd().split('\n');
        expect(lines.filter((line) => line.length > 80)).toEqual([]);
        const shown = lines.slice(
          0,
          lines.findIndex((line) => line.startsWith('Looked at')),
        );
        expect(shown.length).toBeLessThanOrEqual(52);
      }),
      { numRuns: nightly ? 5000 : 300 },
    );
  });

  it('counts the findings that a screen does not hold', () => {
    const services = Array.from({ length: 12 }, (_, i) => ({
      name: `service-${i}`,
      pools: [hikari(10, { idleTimeout: 60_000 })],
    }));
    const [first = {}, ...others] = services;
    const text = renderReview(review(factsOf(first, {}, ...others)), plainStyle);
    const shown = text.match(/^note /gm)?.length ?? 0;
    expect(text).toContain(`… and ${12 - shown} more; --json has all of them.`);
    expect(shown).toBeGreaterThan(5);
  });

  it('says several services by their names', () => {
    const text = renderReview(
      review(
        factsOf({ name: 'api', pools: [hikari(4)] }, {}, { name: 'jobs', pools: [hikari(2)] }),
      ),
      plainStyle,
    );
    expect(text.replace(/\s+/g, ' ')).toContain('jobs: HikariCP, maximumPoolSize 2 (pool.yml:2)');
  });
});
