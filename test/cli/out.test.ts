import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

const files = { 'quiet.yaml': quiet };

describe('--out', () => {
  it('writes the report as text and as JSON into a new folder, and says so', async () => {
    const cwd = folder(files);
    const { stdout, stderr, exitCode } = await tidemark(['run', 'quiet.yaml', '--out', 'a/b'], {
      cwd,
    });
    expect(exitCode).toBe(0);
    expect(stderr).toBe('wrote a/b/quiet.txt\nwrote a/b/quiet.json\n');
    expect(readdirSync(join(cwd, 'a/b')).sort()).toEqual(['quiet.json', 'quiet.txt']);
    expect(readFileSync(join(cwd, 'a/b/quiet.txt'), 'utf8')).toBe(stdout);
    const json = await tidemark(['run', 'quiet.yaml', '--json'], { cwd });
    expect(readFileSync(join(cwd, 'a/b/quiet.json'), 'utf8')).toBe(json.stdout);
  });

  it('replaces what an earlier run wrote, and leaves a link a link', async () => {
    const cwd = folder({ ...files, 'quiet.txt': 'old', 'elsewhere.json': 'old' });
    symlinkSync('elsewhere.json', join(cwd, 'quiet.json'));
    chmodSync(join(cwd, 'quiet.txt'), 0o600);
    await tidemark(['run', 'quiet.yaml', '--out', '.'], { cwd });
    expect(readFileSync(join(cwd, 'quiet.txt'), 'utf8')).not.toBe('old');
    expect(statSync(join(cwd, 'quiet.txt')).mode & 0o777).toBe(0o600);
    expect(lstatSync(join(cwd, 'quiet.json')).isSymbolicLink()).toBe(true);
    expect(JSON.parse(readFileSync(join(cwd, 'elsewhere.json'), 'utf8'))).toHaveProperty(
      'format',
      1,
    );
  });

  it.each([
    ['a file', 'quiet.yaml', 'cannot create quiet.yaml: there is a file of that name'],
    ['below a file', 'quiet.yaml/x', 'cannot create quiet.yaml/x: a part of the path is a file'],
    ['a device', '/dev/null', 'cannot create /dev/null: there is a file of that name'],
  ])('into %s is refused before the run, with exit code 2', async (_, path, message) => {
    const cwd = folder(files);
    const { stdout, stderr, exitCode } = await tidemark(['run', 'quiet.yaml', '--out', path], {
      cwd,
    });
    expect(stderr).toContain(`tidemark: ${message}`);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(readdirSync(cwd)).toEqual(['quiet.yaml']);
  });

  it.skipIf(process.getuid?.() === 0)('into a folder that is not ours is refused', async () => {
    const cwd = folder(files);
    chmodSync(cwd, 0o500);
    const { stderr, exitCode } = await tidemark(['run', 'quiet.yaml', '--out', '.'], { cwd });
    chmodSync(cwd, 0o700);
    expect(stderr).toContain('permission denied');
    expect(exitCode).toBe(2);
  });

  it('writes nothing when the scenario is wrong', async () => {
    const cwd = folder({ 'wrong.yaml': 'nmae: x' });
    const { exitCode } = await tidemark(['run', 'wrong.yaml', '--out', 'out'], { cwd });
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, 'out'))).toBe(false);
  });
});

describe('--events', () => {
  it('writes as many lines as --first says', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--events', 'log.txt', '--first', '25'];
    const { stderr, exitCode } = await tidemark(args, { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: 'wrote log.txt\n', exitCode: 0 });
    const text = readFileSync(join(cwd, 'log.txt'), 'utf8');
    expect(text.endsWith('\n')).toBe(true);
    expect(text.split('\n').filter((line) => !line.startsWith('#')).length).toBe(26);
  });

  it('prints the report all the same when the disk is full, and exits 2', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--events', '/dev/full'];
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd });
    expect(stderr).toContain('tidemark: cannot write /dev/full: no space is left on the disk');
    expect(stdout).not.toBe('');
    expect(exitCode).toBe(2);
  });

  it('publishes no other file when one of them could not be written', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--events', '/dev/full', '--out', '.'];
    expect((await tidemark(args, { cwd })).exitCode).toBe(2);
    expect(readdirSync(cwd)).toEqual(['quiet.yaml']);
  });

  it('stops a run whose disk fills up on the way', async () => {
    const cwd = folder(files);
    const args = ['run', 'quiet.yaml', '--events', '/dev/full', '--first', '1000000'];
    const { stdout, stderr, exitCode } = await tidemark(args, { cwd });
    expect(stderr).toContain('no space is left on the disk');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it('is refused when it names a folder', async () => {
    const cwd = folder(files);
    const { stderr, exitCode } = await tidemark(['run', 'quiet.yaml', '--events', '.'], { cwd });
    expect(stderr).toContain('tidemark: cannot write .: it is a folder');
    expect(exitCode).toBe(2);
  });
});

describe.skipIf(!existsSync('/dev/full'))('a full disk behind standard output', () => {
  it.each([
    ['the report', ['run', 'quiet.yaml']],
    ['the help', ['--help']],
  ])('is named, with exit code 2, when %s goes there', async (_, args) => {
    const full = openSync('/dev/full', 'w');
    const { stderr, exitCode } = await tidemark(args, { cwd: folder(files), stdout: full });
    closeSync(full);
    expect(stderr).toContain('tidemark: cannot write to standard output: ENOSPC');
    expect(exitCode).toBe(2);
  });
});
