// Settings of a pull request against those in git: in a repository of its own for each test.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

/** Eight pods for a sale: ten connections each are too few, forty are more than the database has. */
const sale = `name: flash-sale
duration: 3m
seed: 1
traffic: { rate: [ { at: 30s, rps: 80 }, { at: 30s, rps: 230 }, { at: 90s, rps: 230 }, { at: 90s, rps: 80 } ] }
requests: { query: { exponential: 400ms }, }
service: { instances: 8, pool: { profile: hikaricp, maximumPoolSize: 10 } }
database: { cores: 64, contention: none, maxConnections: 200 }
objectives: [ response p99 < 3s over run, errors < 1% over run ]
`;

const application = (size: number | string) => `spring:
  datasource:
    username: shop
    password: hunter2-secret
    hikari:
      # what the service may open
      maximum-pool-size: ${size}
      connection-timeout: 5000
`;

/** A repository with one commit of these files. */
function repository(files: Readonly<Record<string, string>>): string {
  const cwd = folder(files);
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    execFileSync('git', ['-C', cwd, ...who, ...args], { stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  git('add', '--all');
  git('commit', '--quiet', '--message=before');
  return cwd;
}

const args = ['check', '--pool', 'application.yml', 'sale.yaml', '--against', 'main'];

describe('the settings of a pull request against those in git', () => {
  it('say what the change does to the surge, and what else it breaks, at its line', async () => {
    const cwd = repository({ 'sale.yaml': sale, 'application.yml': application(10) });
    writeFileSync(join(cwd, 'application.yml'), application(40));
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(cwd, 'summary.md') };
    const more = ['--junit', 'j.xml', '--markdown', 'm.md'];
    const { stdout, exitCode } = await tidemark([...args, ...more], { cwd, env });
    expect(exitCode).toBe(1);
    const [sentence = ''] = /maximum-pool-size 10 → 40: .*?start\./s.exec(stdout) ?? [];
    expect(sentence.split('\n').length).toBeLessThanOrEqual(3);
    const words = sentence.replace(/\s+/g, ' ');
    expect(words).toContain('flash-sale now passes (');
    expect(words).toContain('but 8 pods × 40 = 320 > 197 connections: pods will fail to start');
    expect(stdout).toMatch(/^fail {2}application\.yml:7$/m);
    expect(stdout).toMatch(/^::error file=application\.yml,line=7,col=\d+,title=/m);
    const summary = readFileSync(join(cwd, 'summary.md'), 'utf8');
    expect(readFileSync(join(cwd, 'm.md'), 'utf8')).toBe(summary);
    expect(summary).toContain(', **but** 8 pods');
    for (const text of [stdout, summary, readFileSync(join(cwd, 'j.xml'), 'utf8')]) {
      expect(text).not.toContain('hunter2');
    }
  });

  it('pass where they are large enough and fit', async () => {
    const cwd = repository({ 'sale.yaml': sale, 'application.yml': application(10) });
    writeFileSync(join(cwd, 'application.yml'), application(16));
    const { stdout, exitCode } = await tidemark(args, { cwd });
    expect({ stdout, exitCode }).toMatchObject({ exitCode: 0 });
    expect(stdout).toContain('nothing is worse than main');
  });

  it('are read with the variables of files and of the command line', async () => {
    const files = {
      'sale.yaml': sale,
      'application.yml': application('${POOL}'),
      'a.env': 'POOL=16',
    };
    const cwd = repository(files);
    writeFileSync(join(cwd, 'a.env'), 'POOL=9');
    const document = async (...more: string[]) => {
      const { stdout, stderr } = await tidemark([...args, '--json', ...more], { cwd });
      expect(stderr).toMatch(/^warning: .*service\.pool\.from: \$\{POOL\} is \d+, from .*\n$/);
      return JSON.parse(stdout) as { files: { changes: { words: string }[] }[] };
    };
    const byFile = await document('--env-file', 'a.env');
    expect(byFile.files[0]?.changes.map(({ words }) => words)).toEqual([
      'maximum-pool-size 16 → 9',
    ]);
    const both = await document('--set', 'POOL=12');
    expect(both.files[0]?.changes).toEqual([]);
  });

  it('take a scenario’s own pool file from git as well', async () => {
    const from = sale.replace(
      '{ profile: hikaricp, maximumPoolSize: 10 }',
      '{ from: ../application.yml }',
    );
    const cwd = repository({ 'application.yml': application(16) });
    mkdirSync(join(cwd, 'scenarios'));
    writeFileSync(join(cwd, 'scenarios/sale.yaml'), from);
    execFileSync('git', ['-C', cwd, 'add', '--all']);
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    execFileSync('git', ['-C', cwd, ...who, 'commit', '--quiet', '-m', 'scenario'], {
      stdio: 'pipe',
    });
    writeFileSync(join(cwd, 'application.yml'), application(9));
    const inFolder = {
      cwd: join(cwd, 'scenarios'),
      env: { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd },
    };
    const { stdout, exitCode } = await tidemark(
      ['check', 'sale.yaml', '--against', 'HEAD'],
      inFolder,
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('maximum-pool-size 16 → 9: flash-sale now misses');
    expect(stdout).toContain('::error file=application.yml,line=7,');
  });
});

describe('a scenario whose pool stood in a file until now', () => {
  it('is compared with what the file said', async () => {
    const own = '{ profile: hikaricp, maximumPoolSize: 10 }';
    const from = sale.replace(own, '{ from: application.yml }');
    const cwd = repository({ 'sale.yaml': from, 'application.yml': application(16) });
    writeFileSync(
      join(cwd, 'sale.yaml'),
      sale.replace('Size: 10', 'Size: 9, connectionTimeout: 5000'),
    );
    const { stdout, exitCode } = await tidemark(['check', 'sale.yaml', '--against', 'main'], {
      cwd,
    });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('maximumPoolSize 16 → 9: flash-sale now misses');
  });
});

describe('a mistake in a file of the pull request', () => {
  it('is shown at its line by GitHub as well, and without the password', async () => {
    const cwd = repository({ 'sale.yaml': sale, 'application.yml': application(10) });
    writeFileSync(join(cwd, 'application.yml'), application('lots'));
    const env = { GITHUB_ACTIONS: 'true', GITHUB_WORKSPACE: cwd };
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd, env });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toMatch(/^::error file=application\.yml,line=7,col=\d+,title=tidemark::.*lots/m);
    expect(stderr).toMatch(/^application\.yml:7:\d+: /m);
    expect(stderr).not.toContain('hunter2');
  });
});

describe('a version in git', () => {
  it('is unknown: an error that says what may be meant', async () => {
    const cwd = repository({ 'quiet.yaml': quiet });
    const { stderr, exitCode } = await tidemark(['check', '.', '--against', 'mian'], { cwd });
    expect({ stderr, exitCode }).toEqual({
      stderr: 'tidemark: --against mian: git knows no such version; did you mean main?\n',
      exitCode: 2,
    });
  });

  it.each(['-x', '--upload-pack=touch x'])('is no option of git: %s', async (ref) => {
    const cwd = repository({ 'quiet.yaml': quiet });
    const { stderr, exitCode } = await tidemark(['check', '.', `--against=${ref}`], { cwd });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--against ${ref}: is no version of a git repository`);
  });

  it('does not have the file, or one that cannot be read: nothing is compared, and that is said', async () => {
    const cwd = repository({ 'old.yaml': quiet.replace('rate:', 'rat:') });
    writeFileSync(join(cwd, 'new.yaml'), quiet);
    writeFileSync(join(cwd, 'old.yaml'), quiet);
    const { stdout, exitCode } = await tidemark(['check', '.', '--against', 'main'], { cwd });
    expect(exitCode).toBe(0);
    const words = stdout.replace(/\s+/g, ' ');
    expect(words).toContain('new.yaml is not in main, so new.yaml is compared with nothing.');
    expect(words).toContain(
      'What old.yaml was in main cannot be read, so it is not compared: old.yaml:',
    );
  });

  it('cannot be asked where git is not installed', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const at = { cwd, env: { PATH: '/nowhere' } };
    const { stderr, exitCode } = await tidemark(['check', '.', '--against', 'main'], at);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--against main: git is not installed here');
  });
});
