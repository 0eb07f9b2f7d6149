// The questions of `tidemark init`, answered on a pseudo-terminal.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { pods, pool } from './init-files.ts';
import { CTRL_C, CTRL_U, hasTerminals, Terminal } from './terminal.ts';
import { folder, tidemark } from './tidemark.ts';

const files = { 'application.yml': pool, 'deployment.yaml': pods };
const isSkipped = !hasTerminals && process.env['CI'] === undefined;
const why = isSkipped ? ' (not tested here: there is no `script` of util-linux)' : '';

const FILES = 'Which files set up the pool and the deployment?';
const PODS = 'How many pods (instances) run?';
const RATES = 'How many requests arrive: now, and at the peak of each surge?';
const HOLD = 'How long is a connection out: the mean, or p50 and p99?';
const MEASURED = 'At how many requests per second was that measured?';
const DATABASE = 'How many processors has the database, and what is its max_connections?';
const OBJECTIVES = 'What must hold?';

/** Answers one question after the other; an empty answer is the Enter key alone. */
async function answer(terminal: Terminal, answers: readonly (readonly [string, string])[]) {
  for (const [question, text] of answers) {
    await terminal.says(question);
    terminal.type(`${text}\r`);
  }
}

describe.skipIf(isSkipped)(`tidemark init on a terminal${why}`, () => {
  it('asks seven questions and makes the scenario that options would have made', async () => {
    const cwd = folder(files);
    const terminal = new Terminal('init > asked.yaml', cwd);
    await answer(terminal, [
      [FILES, 'application.yml'],
      [PODS, '5'],
      [RATES, '3/s, lunch 5/s'],
      [HOLD, 'p99 90 ms, p50 8 ms'],
      [MEASURED, '2.5'],
      [DATABASE, '8, 200'],
      [OBJECTIVES, 'errors < 1%, response p99 < 2s'],
    ]);
    expect((await terminal.ended()).exitCode).toBe(0);
    const options =
      'init application.yml --pods 5 --rate 3/s --surge lunch=5/s --hold-p50 8ms --hold-p99 90ms --measured-at 2.5/s --db-cores 8 --db-max 200 --objective';
    const { stdout } = await tidemark(
      [...options.split(' '), 'errors < 1%', '--objective', 'response p99 < 2s'],
      { cwd },
    );
    expect(stdout).toContain('name: application\n');
    expect(readFileSync(join(cwd, 'asked.yaml'), 'utf8')).toBe(stdout);
  });

  it('asks nothing that an option or a file has said', async () => {
    const cwd = folder(files);
    const given = '--rate 3/s --hold-mean 9ms --measured-at 3/s --db-max 90';
    const terminal = new Terminal(
      `init application.yml deployment.yaml ${given} > asked.yaml`,
      cwd,
    );
    await answer(terminal, [
      ['How many processors has the database?', '8'],
      [OBJECTIVES, ''],
    ]);
    const { exitCode, said } = await terminal.ended();
    expect(exitCode).toBe(0);
    for (const known of [FILES, PODS, RATES, HOLD, MEASURED]) expect(said).not.toContain(known);
  });

  it('leaves what is not answered assumed, and then knows enough for a run', async () => {
    const cwd = folder({});
    const terminal = new Terminal('init > asked.yaml', cwd);
    // A hold that nobody has measured was measured at no rate: six questions.
    const open = [FILES, PODS, RATES, HOLD, DATABASE, OBJECTIVES];
    await answer(
      terminal,
      open.map((question) => [question, ''] as const),
    );
    expect((await terminal.ended()).exitCode).toBe(0);
    expect(readFileSync(join(cwd, 'asked.yaml'), 'utf8')).not.toContain('stated');
    expect((await tidemark(['run', 'asked.yaml'], { cwd })).exitCode).toBe(0);
  });

  it('says what is wrong with an answer and asks again', async () => {
    const terminal = new Terminal('init > asked.yaml', folder(files));
    const wrong: readonly (readonly [string, string, string, string])[] = [
      [FILES, 'nope.yml', 'cannot read nope.yml: there is no such file', ''],
      [PODS, '0', 'must be a whole number from 1 to 100,000', '3'],
      [RATES, '4, lunch 8x', '8x is no rate', '4'],
      [HOLD, '90ms 8ms', '8ms is shorter than p50, 90ms', '20 ms'],
      [MEASURED, 'often', 'often is no rate', ''],
      [DATABASE, '4, 100, 7', 'must be a whole number from 1', '4'],
      [OBJECTIVES, 'fast', 'fast is no condition', 'errors < 1%'],
    ];
    for (const [question, bad, message, good] of wrong) {
      await terminal.says(question);
      terminal.type(`${bad}\r`);
      await terminal.says(message);
      if (question === FILES) await terminal.says(FILES);
      terminal.type(`${CTRL_U}${good}\r`);
    }
    expect((await terminal.ended()).exitCode).toBe(0);
  });

  it('prints the answers as options when nothing can be made of them', async () => {
    const terminal = new Terminal('init application.yml > asked.yaml', folder(files));
    await answer(terminal, [
      [PODS, '2'],
      [RATES, '450, flash sale 900'],
      [HOLD, '90ms'],
      [MEASURED, '450'],
      [DATABASE, ''],
      [OBJECTIVES, ''],
    ]);
    const { exitCode, said } = await terminal.ended();
    expect(exitCode).toBe(2);
    expect(said).toContain(
      '--measured-at: 450/s × 90ms = 40.5 connections in use, but 2 × 10 = 20',
    );
    expect(said).toContain(
      "tidemark init application.yml --pods 2 --rate 450/s --surge 'flash sale 900' --hold-mean 90ms --measured-at 450/s",
    );
  });

  it('ends at Ctrl-C with exit code 130 and writes nothing', async () => {
    const cwd = folder(files);
    const terminal = new Terminal('init --out made > asked.yaml', cwd);
    await answer(terminal, [[FILES, '']]);
    await terminal.says(PODS);
    terminal.type(CTRL_C);
    const { exitCode, said } = await terminal.ended();
    expect(exitCode).toBe(130);
    expect(said).toContain('tidemark: interrupted by SIGINT; nothing was written');
    expect(readFileSync(join(cwd, 'asked.yaml'), 'utf8')).toBe('');
    expect(() => readFileSync(join(cwd, 'made'))).toThrow('ENOENT');
  });
});
