import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

function named(name: string): string {
  return quiet.replace('name: quiet', `name: ${name}`);
}

async function nameOf(argument: string, cwd: string): Promise<unknown> {
  const { stdout, stderr } = await tidemark(['run', argument, '--json'], { cwd });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { scenario: { name: unknown } }).scenario.name;
}

describe('a scenario argument', () => {
  it('means an existing file first, then ./scenarios, then those that came along', async () => {
    const cwd = folder();
    const fault = async () =>
      (await tidemark(['run', 'january-2024', '--set', 'a=1'], { cwd })).stderr;
    expect(await fault()).not.toContain('no such file');
    mkdirSync(join(cwd, 'scenarios'));
    writeFileSync(join(cwd, 'scenarios/january-2024.yaml'), named('in-folder'));
    expect(await nameOf('january-2024', cwd)).toBe('in-folder');
    writeFileSync(join(cwd, 'january-2024'), named('a-file'));
    expect(await nameOf('january-2024', cwd)).toBe('a-file');
  });

  it('may leave out the ending, and lead into folders', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'scenarios/surge'), { recursive: true });
    writeFileSync(join(cwd, 'scenarios/surge/big.yaml'), named('big'));
    writeFileSync(join(cwd, 'scenarios/plain.json'), JSON.stringify({}));
    expect(await nameOf('surge/big', cwd)).toBe('big');
    expect(await nameOf('surge/big.yaml', cwd)).toBe('big');
  });

  it('may be the last part of a name, unless two have it', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'scenarios/surge'), { recursive: true });
    mkdirSync(join(cwd, 'scenarios/calm'));
    writeFileSync(join(cwd, 'scenarios/surge/big.yaml'), named('big'));
    expect(await nameOf('big', cwd)).toBe('big');
    writeFileSync(join(cwd, 'scenarios/calm/big.yaml'), named('other'));
    const { stderr, exitCode } = await tidemark(['run', 'big'], { cwd });
    expect(stderr).toContain('no scenario of that name; did you mean calm/big or surge/big?');
    expect(exitCode).toBe(2);
  });

  it('with a typo gets the near miss and the list of names', async () => {
    const { stdout, stderr, exitCode } = await tidemark(['run', 'januray-2024'], { cwd: folder() });
    expect(stderr).toMatch(/^tidemark: januray-2024: .*; did you mean january-2024\?\n/);
    expect(stderr).toMatch(/^tidemark: the scenarios are: january-2024, /m);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it('may be a name that is also a folder', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'scenarios'));
    mkdirSync(join(cwd, 'surge'));
    writeFileSync(join(cwd, 'scenarios/surge.yaml'), named('surge'));
    expect(await nameOf('surge', cwd)).toBe('surge');
  });
});

describe('a scenario file that cannot be read', () => {
  it.each([
    ['a folder', '.', 'cannot read .: it is a folder, and a scenario is one file'],
    ['a path through a file', 'a.yaml/b', 'cannot read a.yaml/b: a part of the path is a file'],
    ['a circle of links', 'circle', 'cannot read circle: the symbolic links go round in a circle'],
    ['no text', 'noise.yaml', 'cannot read noise.yaml: it is no text in UTF-8'],
    ['UTF-16', 'wide.yaml', 'cannot read wide.yaml: it is in UTF-16; save it as UTF-8'],
    ['10 MB of garbage', 'huge.yaml', 'cannot read huge.yaml: it is larger than 4 MiB'],
    ['a stream without end', '/dev/zero', 'cannot read /dev/zero: it is larger than 4 MiB'],
    ['a name of nothing', 'nothing/at/all.yaml', 'nothing/at/all.yaml: there is no such file'],
  ])('because it is %s is named, with exit code 2', async (_, argument, message) => {
    const cwd = folder({
      'a.yaml': quiet,
      'noise.yaml': Uint8Array.of(0x6e, 0x61, 0xc3, 0x28, 0x00),
      'wide.yaml': Uint8Array.of(0xff, 0xfe, 0x61, 0x00),
      'huge.yaml': new Uint8Array(10_000_000).fill(0x61),
    });
    symlinkSync('circle', join(cwd, 'circle'));
    const { stdout, stderr, exitCode } = await tidemark(['run', argument], { cwd });
    expect(stderr).toContain(`tidemark: ${message}`);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it.each([
    ['an empty file', ''],
    ['no YAML', '{ name: ['],
    ['a list at the top', '- name: a\n- name: b\n'],
    ['an unknown key', quiet.replace('duration:', 'durration:')],
    ['an alias bomb', aliasBomb()],
  ])('as a scenario because it holds %s is named with its line, exit code 2', async (_, text) => {
    const cwd = folder({ 'a.yaml': text });
    const { stdout, stderr, exitCode } = await tidemark(['run', 'a.yaml'], { cwd });
    expect(stderr).toMatch(/^a\.yaml:\d+:\d+: \S/);
    expect(stderr).not.toContain('    at ');
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });
});

function aliasBomb(): string {
  const lines = Array.from({ length: 12 }, (_, i) => {
    const before = i === 0 ? 'x' : `*a${i - 1}`;
    return `a${i}: &a${i} [${Array<string>(10).fill(before).join(', ')}]`;
  });
  return `${lines.join('\n')}\n`;
}
