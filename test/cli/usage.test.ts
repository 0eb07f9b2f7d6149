import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

describe('the command line', () => {
  it('shows its commands with --help, on stdout, within 80 columns', async () => {
    for (const args of [
      ['--help'],
      ['run', '--help'],
      ['profiles', '--help'],
      ['triage', '--help'],
      ['review', '--help'],
      ['schema', '--help'],
    ]) {
      const { stdout, stderr, exitCode } = await tidemark(args);
      expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
      expect(stdout).toMatch(/^Usage: tidemark/);
      expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    }
  });

  it('lists the exit codes where they are looked for', async () => {
    const { stdout } = await tidemark(['run', '--help']);
    expect(stdout.match(/^ {2}(?:\d+) /gm)?.map(Number)).toEqual([0, 1, 2, 3, 4, 130]);
  });

  it('says its version', async () => {
    const { stdout, exitCode } = await tidemark(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
    expect(exitCode).toBe(0);
  });

  it('without a command shows the help on stderr and exits 2', async () => {
    const { stdout, stderr, exitCode } = await tidemark([]);
    expect(stdout).toBe('');
    expect(stderr).toContain('Usage: tidemark');
    expect(exitCode).toBe(2);
  });

  it.each([
    [['rnu'], "unknown command 'rnu'\n(Did you mean run?)"],
    [['run', '--jsno'], "unknown option '--jsno'\n(Did you mean --json?)"],
    [['run', 'a', 'b'], "too many arguments for 'run'"],
    [['run', '--set'], "option '--set <path=value>' argument missing"],
    [['schema', '--full'], "unknown option '--full'"],
  ])('refuses %j with exit code 2', async (args, message) => {
    const { stdout, stderr, exitCode } = await tidemark(args);
    expect(stderr).toContain(`tidemark: ${message}`);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it('lists all that is wrong with the options, the file and the changes at once', async () => {
    const cwd = folder({ 'wrong.yaml': quiet.replace('duration: 1m', 'duration: 30') });
    const args = ['run', 'wrong.yaml', '--seed', '', '--first', '1', '--set', 'service.pool.mxa=3'];
    const { stderr, exitCode } = await tidemark(args, { cwd });
    expect(exitCode).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([
      'tidemark: --seed: is empty',
      expect.stringContaining('tidemark: --first: '),
      expect.stringMatching(/^wrong\.yaml:3:\d+: duration: /),
      expect.stringMatching(/^--set service\.pool\.mxa.*did you mean max\?/),
    ]);
  });
});

describe('tidemark schema', () => {
  it('prints one JSON document', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['schema']);
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    const schema = JSON.parse(stdout) as { properties: Record<string, unknown> };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['name', 'duration', 'traffic', 'service', 'database']),
    );
  });
});
