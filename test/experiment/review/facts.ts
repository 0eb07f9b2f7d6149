// Facts for reviews in tests: one service with one pool unless said otherwise.
import { expect } from 'vitest';
import {
  NO_OTHERS,
  USUAL_RESERVED,
  type Known,
  type ReviewFacts,
  type ReviewPool,
  type ReviewService,
} from '../../../src/experiment/review/facts.ts';
import { review, type Review } from '../../../src/experiment/review/review.ts';
import type { Place } from '../../../src/scenario/import/configuration.ts';
import { findProfile, resolveProfile, type NativeValues } from '../../../src/scenario/profiles.ts';

export function known<T>(value: T): Known<T> {
  return { value, source: { kind: 'option', name: '--test' } };
}

export function at<T>(value: T, file: string, line: number): Known<T> {
  return { value, source: { kind: 'file', place: { file, line, column: 1 } } };
}

/** A pool whose settings stand in the lines of `pool.yml` from 2 on. */
export function pool(profileName: string, values: NativeValues = {}): ReviewPool {
  const profile = findProfile(profileName);
  if (profile === undefined) throw new Error(`no profile ${profileName}`);
  const places = Object.keys(values).map((name, i): [string, Place] => [
    name,
    { file: 'pool.yml', line: i + 2, column: 1 },
  ]);
  return {
    name: null,
    profile,
    settings: resolveProfile(profile, values),
    values,
    written: new Map(places),
    place: { file: 'pool.yml', line: 1, column: 1 },
  };
}

export function hikari(maximumPoolSize: number, more: NativeValues = {}): ReviewPool {
  return pool('hikaricp', { maximumPoolSize, ...more });
}

/** The surge of a Deployment, in whole percent. */
export function surge(percent: number) {
  return at({ share: percent / 100 }, 'deployment.yaml', 9);
}

type Database = Partial<Omit<ReviewFacts, 'services'>>;

export function factsOf(
  service: Partial<ReviewService>,
  database: Database = {},
  ...others: Partial<ReviewService>[]
): ReviewFacts {
  const services = [service, ...others].map((one) => ({ name: null, pools: [], ...one }));
  return { reserved: USUAL_RESERVED, others: NO_OTHERS, poolers: [], ...database, services };
}

/** What one rule says of these facts. */
export function said(rule: string, facts: ReviewFacts): Review['findings'] {
  return review(facts).findings.filter((finding) => finding.rule === rule);
}

/** The only finding of a rule. */
export function only(rule: string, facts: ReviewFacts): Review['findings'][number] {
  const findings = said(rule, facts);
  expect(findings).toHaveLength(1);
  return findings[0] as Review['findings'][number];
}

/** The options that a rule asks for. */
export function wanted(rule: string, facts: ReviewFacts): readonly string[] {
  return review(facts).notJudged.find((one) => one.rule === rule)?.needs ?? [];
}
