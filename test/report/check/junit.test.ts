import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { checkJunit } from '../../../src/report/check/junit.ts';
import { answerOf, busy, changed } from './checking.ts';

interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** The document as a strict parser reads it. */
function parsed(xml: string): Element {
  const top: Element = { name: '', attributes: {}, children: [] };
  const path = [top];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: Element = {
      name,
      attributes: attributes,
      children: [],
    };
    path.at(-1)?.children.push(element);
    path.push(element);
  });
  parser.on('closetag', () => path.pop());
  parser.write(xml).close();
  return top.children[0] ?? top;
}

describe('a check as JUnit XML', () => {
  it('has suites, suites of cases, and their numbers, as build servers read them', () => {
    const xml = checkJunit(
      answerOf([
        { file: 'a/busy.yaml', before: busy, now: busy.replace('max: 6', 'max: 4') },
        { file: 'b/busy.yaml', before: null, now: busy.replace('max: 6', 'max: 9') },
      ]),
    );
    const root = parsed(xml);
    expect(root.name).toBe('testsuites');
    expect(root.children.map(({ name }) => name)).toEqual(['testsuite', 'testsuite']);
    for (const suite of [root, ...root.children]) {
      const cases = suite === root ? root.children.flatMap((one) => one.children) : suite.children;
      const count = (name: string) =>
        cases.filter(({ children }) => children.some((child) => child.name === name)).length;
      expect(suite.attributes).toMatchObject({
        name: expect.any(String) as string,
        tests: String(cases.length),
        failures: String(count('failure')),
        errors: String(count('error')),
      });
      for (const { name, attributes } of suite === root ? [] : cases) {
        expect(name).toBe('testcase');
        expect(Object.keys(attributes)).toEqual(['classname', 'name']);
      }
    }
    const [first] = root.children[0]?.children ?? [];
    expect(first?.attributes).toEqual({
      classname: 'a/busy.yaml',
      name: 'response p99 < 700ms over run',
    });
    expect(first?.children[0]?.name).toBe('failure');
    expect(first?.children[0]?.attributes['message']).toContain('max 6 → 4: busy now misses');
  });

  it('has an error for what is undecided, a failure or nothing by what that counts as', () => {
    const now = busy.replace('response p99 < 700ms over run', 'response mean < 60ms over run');
    const outcome = (undecided: 'undecided' | 'pass' | 'fail') => {
      const answer = answerOf([{ file: 'x.yaml', before: null, now }], { undecided });
      const [file] = answer.files;
      if (file === undefined) throw new Error('nothing was checked');
      // Whatever the runs say: what is written of an objective that they do not decide.
      const objectives = file.checked.objectives.map((one) => ({
        ...one,
        state: 'undecided' as const,
      }));
      const open = { ...file, checked: { ...file.checked, objectives } };
      const root = parsed(checkJunit({ ...answer, files: [open] }));
      return root.children[0]?.children[0]?.children[0]?.name;
    };
    expect(outcome('undecided')).toBe('error');
    expect(outcome('fail')).toBe('failure');
    expect(outcome('pass')).toBe('skipped');
  });

  it('survives names with everything that XML minds', () => {
    const name = 'a<b>&"c" \u0007]]>';
    const now = busy.replace('name: busy', `name: busy\ntitle: ${JSON.stringify(name)}`);
    const xml = checkJunit(answerOf([{ file: `${name}.yaml`, before: null, now }]));
    const cases = parsed(xml).children[0]?.children ?? [];
    expect(cases[0]?.attributes['classname']).toBe('a<b>&"c" ]]>.yaml');
  });

  it('has no time in it', () => {
    expect(checkJunit(changed('max: 6', 'max: 5'))).not.toMatch(/ time(?:stamp)?=/);
  });
});
