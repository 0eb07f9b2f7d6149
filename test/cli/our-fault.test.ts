// A copy of the built command with one line broken: what it says about a fault of its own.

import { cpSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, root, tidemark } from './tidemark.ts';

/** A folder with a copy of the built command and a scenario. */
function copyOfBuild(): string {
  const copy = folder({ 'quiet.yaml': quiet });
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, 'scenarios'), join(copy, 'scenarios'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A copy in which a text of one of its files is replaced. */
function sabotaged(file: string, from: string | RegExp, to: string): string {
  const copy = copyOfBuild();
  const path = join(copy, 'dist', file);
  const whole = readFileSync(path, 'utf8');
  const broken = whole.replace(from, to);
  if (broken === whole) throw new Error(`dist/${file} has nothing to break`);
  writeFileSync(path, broken);
  return copy;
}

async function run(cwd: string, env: Record<string, string> = {}) {
  return tidemark(['run', 'quiet.yaml'], { cwd, env, main: join(cwd, 'dist/cli/main.js') });
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

/** One broken rule of the model each: the file, what stands there, what does instead, and what is said. */
const brokenRules: readonly (readonly [string, string, RegExp | string, string, RegExp])[] = [
  [
    'a completed request is not counted',
    'model/meters/service-meters.js',
    'this.completed[instance] = this.completed[instance] + 1;',
    '',
    /does not hold: arrived = completed \+ failed \+ abandoned \+ in flight: expected/,
  ],
  [
    'the round trip is left out of the ledger',
    'model/database/database.js',
    'this.table.book(slot, NETWORK, this.simulation.now);',
    'this.table.times[slot * STRIDE + SINCE] = this.simulation.now;',
    /does not hold: requests whose stages do not add up to their response time: expected 0/,
  ],
  [
    'a pool opens one connection too many',
    'model/pool/pool.js',
    'return this.open.level[i] < this.limitAt(i);',
    'return this.open.level[i] <= this.limitAt(i);',
    /does not hold: .*connections opened beyond a pool’s max: expected 0/,
  ],
  [
    'a released connection stays idle while somebody waits',
    'model/pool/pool.js',
    /if \(this\.pendingAt\(i\) > 0\)\s+return this\.dequeue\(i, now\);/,
    '',
    /does not hold: .*readings with a free connection while somebody waits: expected 0/,
  ],
  [
    'a request that arrives is not counted among those in the system',
    'model/meters/service-meters.js',
    'this.inSystem.add(0, 1, now);',
    'if (this.arrived !== 9) $&',
    /does not hold: .*times in the system = requests there, summed over time \(ns\): expected/,
  ],
  [
    'a request is counted among those that wait a moment late',
    'model/pool/pool.js',
    'this.pending.add(i, change, now);',
    'this.pending.add(i, change, change > 0 ? now + 1 : now);',
    /does not hold: .*waits for a connection = requests waiting, summed over time \(ns\): expected/,
  ],
  [
    'a connection is released before its time',
    'model/pool/pool.js',
    /this\.own\(i, -1, now\);(?=\s+this\.becomeIdle)/,
    'this.own(i, -1, now - 1);',
    /does not hold: .*uses, openings and hand-overs = connections owned, summed over time \(ns\): exp/,
  ],
];

describe('a broken rule of the model', () => {
  it.each(brokenRules)('%s: named, with exit code 3', async (_, file, from, to, said) => {
    const copy = sabotaged(file, from, to);
    const busy = ['run', 'quickstart', '--set', 'database.roundTrip=2ms'];
    const { stderr, exitCode } = await tidemark(busy, {
      cwd: copy,
      main: join(copy, 'dist/cli/main.js'),
    });
    expect(stderr).toMatch(said);
    expect(exitCode).toBe(3);
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

describe('--help', () => {
  it('is quick because it loads no simulator', async () => {
    const copy = copyOfBuild();
    rmSync(join(copy, 'dist/experiment'), { recursive: true });
    const { stdout, exitCode } = await tidemark(['run', '--help'], {
      main: join(copy, 'dist/cli/main.js'),
    });
    expect(stdout).toContain('Usage: tidemark run');
    expect(exitCode).toBe(0);
  });
});
