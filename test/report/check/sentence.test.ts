import { describe, expect, it } from 'vitest';
import { reviewerSentence } from '../../../src/report/check/sentence.ts';
import { wrap } from '../../../src/report/text.ts';
import { answerOf, busy, changed } from './checking.ts';

/** What is said of the first scenario. */
function said({ files }: ReturnType<typeof changed>): string {
  const [file] = files;
  if (file === undefined) throw new Error('nothing was checked');
  return reviewerSentence(file);
}

describe('what a reviewer reads', () => {
  it('is what was changed and that the surge now passes', () => {
    const before = busy.replace('max: 6', 'max: 4');
    const text = said(answerOf([{ file: 'x.yaml', before, now: busy }]));
    expect(text).toMatch(/^max 4 → 6: busy now passes \((p99|errors) .* → .*\)\.$/);
  });

  it('is what is missed now, and where requests wait', () => {
    const text = said(changed('max: 6', 'max: 4'));
    expect(text).toMatch(
      new RegExp(
        '^max 6 → 4: busy now misses response p99 < 700ms over run \\(p99 .* → .*\\)( and 1 objective more)?; ' +
          'the pool is full since \\d\\d:\\d\\d:\\d\\d, at 200 requests/s\\.$',
      ),
    );
  });

  it('is what is missed, and nothing of a change, where there is nothing to compare with', () => {
    const now = busy.replace('max: 6', 'max: 3');
    const text = said(answerOf([{ file: 'x.yaml', before: null, now }]));
    expect(text).toMatch(/^busy misses response p99 < 700ms over run \(/);
  });

  it('is what is worse, though everything is met', () => {
    expect(said(changed('40ms', '43ms'))).toMatch(
      /^requests\.query\.exponential 40ms → 43ms: busy is worse: p99 \d+ → \d+ ms \(\d+ % worse\)/,
    );
  });

  it('is that all is as before, or better', () => {
    expect(said(changed('max: 6', 'max: 6'))).toBe('busy passes as before.');
    const before = busy.replace('max: 6', 'max: 5');
    expect(said(answerOf([{ file: 'x.yaml', before, now: busy }]))).toMatch(
      /^max 5 → 6: busy passes and is better \(p99 /,
    );
  });

  it('says but where the change helps the surge and breaks something else', () => {
    const before = busy.replace('max: 6', 'max: 4');
    const now = busy.replace('max: 6', 'max: 60');
    const text = said(answerOf([{ file: 'x.yaml', before, now }]));
    expect(text).toMatch(
      /^max 4 → 60: busy now passes \(.*\), but 2 pods × 60 = 120 > 97 connections: /,
    );
  });

  it('says and where it helps nothing', () => {
    const now = busy.replace('max: 6', 'max: 60').replace('40ms', '800ms');
    const text = said(answerOf([{ file: 'x.yaml', before: busy, now }]));
    expect(text).toMatch(/ 2 changes: |max 6 → 60/);
    expect(text).toMatch(/; and 2 pods × 60 = 120 > 97 connections: /);
  });

  it('names what holds where a setting was not written', () => {
    const before = busy.replace('{ max: 6 }', '{ profile: hikaricp, maximumPoolSize: 6 }');
    const now = before.replace('maximumPoolSize: 6', 'maximumPoolSize: 6, connectionTimeout: 900');
    const text = said(answerOf([{ file: 'x.yaml', before, now }]));
    expect(text).toMatch(/^connectionTimeout 30000 \(default\) → 900: /);
  });

  it.each([
    ['a long name', busy.replace('name: busy', `name: ${'long-'.repeat(18)}name`), 'max: 3'],
    ['long values', busy.replace('max: 6', 'max: 6, acquireTimeout: 123456789123ns'), 'max: 3'],
  ])('takes three lines at most, with %s', (_, before, to) => {
    const now = before.replace('max: 6', to).replace('rate: 200', 'rate: 199').replace('2,', '3,');
    const text = said(answerOf([{ file: 'x.yaml', before, now }]));
    expect(wrap(text, 78).length).toBeLessThanOrEqual(3);
  });
});
