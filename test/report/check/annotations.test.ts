import { describe, expect, it } from 'vitest';
import { annotations } from '../../../src/report/check/annotations.ts';
import { checkMarkdown } from '../../../src/report/check/markdown.ts';
import { answerOf, busy, changed } from './checking.ts';

const same = (path: string) => path;

describe('the commands for GitHub', () => {
  it('are an error at the very line of the setting that was changed', () => {
    const text = annotations(changed('max: 6', 'max: 4'), (path) => `repo/${path}`);
    expect(text).toMatch(
      /^::error file=repo\/busy\.yaml,line=6,col=\d+,title=tidemark%3A busy::max 6 → 4: /,
    );
    expect(text.trimEnd().split('\n')).toHaveLength(1);
  });

  it('stand at the objective where nothing was changed', () => {
    const now = busy.replace('max: 6', 'max: 3');
    const text = annotations(answerOf([{ file: 'x.yaml', before: null, now }]), same);
    expect(text).toMatch(/^::error file=x\.yaml,line=8,col=\d+,/);
  });

  it('escape what would end them', () => {
    const now = busy.replace('max: 6', 'max: 3');
    const text = annotations(answerOf([{ file: 'a,b:c%.yaml', before: null, now }]), same);
    expect(text).toContain('file=a%2Cb%3Ac%25.yaml,');
    const said = text.slice(text.indexOf('::', 3));
    expect(said).not.toMatch(/%(?!25|0A|0D)/);
  });

  it('are notices for what is to be known besides, and ten of a kind at most', () => {
    const answer = changed('max: 6', 'max: 6', {
      notices: Array.from({ length: 12 }, (_, i) => `notice ${i}`),
    });
    const lines = annotations(answer, same).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines[0]).toBe('::notice title=tidemark::notice 0');
  });

  it('are none when all is well', () => {
    expect(annotations(changed('max: 6', 'max: 8'), same)).toBe('');
  });
});

describe('the comment on a pull request', () => {
  it('has the sentence, a table, and what to do', () => {
    const before = busy.replace('max: 6', 'max: 4');
    const now = busy.replace('max: 6', 'max: 60');
    const text = checkMarkdown(answerOf([{ file: 'busy.yaml', before, now }]));
    expect(text).toContain('### Tidemark: fail');
    expect(text).toMatch(
      /^- \*\*fail\*\* \(`busy\.yaml:6`\): max 4 → 60: busy now passes .*, \*\*but\*\* 2 pods/m,
    );
    expect(text).toMatch(/^ {2}- Do: max 48 at most/m);
    expect(text).toMatch(/^\| Scenario \|/m);
    expect(text).toMatch(/^\| busy \| fail \| 2 of 2 \| .* → .* \|/m);
  });

  it('takes no name for markup', () => {
    const now = busy.replace('name: busy', 'name: a_b_c').replace('max: 6', 'max: 3');
    const text = checkMarkdown(answerOf([{ file: 'x|`y`.yaml', before: null, now }]));
    expect(text).toContain('a\\_b\\_c misses');
    expect(text).toContain("`x|'y'.yaml:8`");
  });
});
