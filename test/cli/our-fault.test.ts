// A copy of the built command with one line broken: what it says about a fault of its own.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sabotaged, startOf } from './sabotage.ts';
import { tidemark } from './tidemark.ts';

async function run(cwd: string, env: Record<string, string> = {}) {
  return tidemark(['run', 'quiet.yaml'], { cwd, env, main: startOf(cwd) });
}

const throwing = [
  'experiment/run.js',
  /export function\* simulate\([^)]*\) \{/,
  "$& throw new Error('bug: the sluice is open');",
] as const;

describe('a fault of ours during a run', () => {
  it('is confessed in two lines, with what a report of it needs, and exit code 3', async () => {
    const { stdout, stderr, exitCode } = await run(sabotaged(...throwing));
    expect(stderr).toMatch(
      new RegExp(
        '^tidemark: this is a fault in tidemark, not in your scenario: bug: the sluice is open\\n' +
          'tidemark: please report it with: version [\\d.]+, node v[\\d.]+, scenario quiet, ' +
          'hash [0-9a-f]+, seed 7\\n$',
      ),
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
  });

  it('is one during a check as well', async () => {
    const cwd = sabotaged(...throwing);
    const { stdout, stderr, exitCode } = await tidemark(
      ['check', 'quiet.yaml', '--junit', 'j.xml'],
      {
        cwd,
        main: startOf(cwd),
      },
    );
    expect(stderr).toMatch(
      /not in your scenario: bug: the sluice is open\n.* scenario quiet, hash /,
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 3 });
    expect(existsSync(join(cwd, 'j.xml'))).toBe(false);
  });

  it('shows the stack when TIDEMARK_DEBUG=1 asks for it', async () => {
    const { stderr, exitCode } = await run(sabotaged(...throwing), { TIDEMARK_DEBUG: '1' });
    expect(stderr).toContain('    at ');
    expect(exitCode).toBe(3);
  });

  it('is what an error of any other kind is taken for', async () => {
    const copy = sabotaged(throwing[0], throwing[1], '$& null.x;');
    const { stderr, exitCode } = await run(copy);
    expect(stderr).toMatch(/not in your scenario: bug: Cannot read properties of null/);
    expect(exitCode).toBe(3);
  });

  it('is what a certificate that does not hold shows, after the report', async () => {
    const check = "{ name: 'flow', exact: true, expected: 4, observed: 5, holds: false }";
    const copy = sabotaged(
      'cli/run/simulate.js',
      'return { result,',
      `Object.assign(result, { certificate: { holds: false, checks: [${check}] } }); $&`,
    );
    const { stdout, stderr, exitCode } = await run(copy);
    expect(stderr).toContain('bug: the certificate does not hold: flow: expected 4, observed 5\n');
    expect(stdout).not.toBe('');
    expect(exitCode).toBe(3);
  });

  it('is not what a closed form that deviates shows: theory decides nothing', async () => {
    const check =
      "{ name: 'mean wait, M/M/c', exact: false, expected: 4, observed: 5, z: 9, holds: false, " +
      "figure: 'mean wait', unit: 'ms', form: 'M/M/c', from: result.start, to: result.end }";
    const copy = sabotaged(
      'cli/run/simulate.js',
      'return { result,',
      `Object.assign(result, { certificate: { holds: true, checks: [${check}] } }); $&`,
    );
    const { stdout, stderr, exitCode } = await run(copy);
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('1 deviates from theory: mean wait, M/M/c.');
    expect(stderr).toBe('');
    expect(exitCode).toBe(0);
  });
});

describe('a fault of ours before the command is read', () => {
  it('has exit code 3 as well', async () => {
    const copy = sabotaged('cli/program.js', /^/, "throw new Error('no program');\n");
    const { stderr, exitCode } = await run(copy);
    expect(stderr).toBe('tidemark: this is a fault in tidemark: bug: no program\n');
    expect(exitCode).toBe(3);
  });
});
