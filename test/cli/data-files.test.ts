import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, quiet, tidemark } from './tidemark.ts';

const measured = `duration: 1m
traffic: { rate: 10 }
requests: { hold: { empirical: { file: data/holds.csv } } }
service: {}
`;

/** A folder with a scenario in `cases`, and its data beside it. */
function withData(name: string, text: string, scenario = measured): string {
  const cwd = folder({ 'other.yaml': quiet });
  mkdirSync(join(cwd, 'cases/data'), { recursive: true });
  writeFileSync(join(cwd, 'cases/a.yaml'), scenario);
  writeFileSync(join(cwd, 'cases/data', name), text);
  return cwd;
}

describe('a file that a scenario names', () => {
  it('is looked for beside the scenario', async () => {
    const cwd = withData('holds.csv', 'hold_ms\n7\n7\n');
    const { stdout, stderr, exitCode } = await tidemark(['run', 'cases/a.yaml', '--full'], { cwd });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toContain('hold empirical, 2 values from 7ms to 7ms');
  });

  it('is looked for in the working directory when the scenario comes by standard input', async () => {
    const cwd = withData('holds.csv', 'hold_ms\n7\n');
    const { stderr, exitCode } = await tidemark(['run', '-'], {
      cwd: join(cwd, 'cases'),
      input: measured,
    });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
  });

  it('is never part of the JSON report', async () => {
    const cwd = withData('holds.csv', 'hold_ms\n7\n8\n123456.789\n');
    const { stdout } = await tidemark(['run', 'cases/a.yaml', '--json'], { cwd });
    expect(JSON.parse(stdout)).toHaveProperty('scenario.hash');
    expect(stdout).not.toMatch(/123456789000|"values"|holds\.csv/);
  });

  it('that is missing is a fault at the line that names it, with the near miss', async () => {
    const cwd = withData('hold.csv', 'hold_ms\n7\n');
    const { stdout, stderr, exitCode } = await tidemark(['run', 'cases/a.yaml'], { cwd });
    expect(stderr).toBe(
      'cases/a.yaml:3:40: requests.hold.empirical.file: cannot read data/holds.csv: there is no such file or folder (ENOENT); did you mean hold.csv?\n',
    );
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
  });

  it.each([
    ['data', 'cannot read data: it is no file'],
    ['data/noise.csv', 'cannot read data/noise.csv: it is no text in UTF-8'],
    ['data/huge.csv', 'cannot read data/huge.csv: it is larger than 64 MiB'],
  ])('that is no table of a sensible size is refused: %s', async (file, message) => {
    const cwd = withData('x.csv', '', measured.replace('data/holds.csv', file));
    writeFileSync(join(cwd, 'cases/data/noise.csv'), Uint8Array.of(0x61, 0xc3, 0x28));
    writeFileSync(join(cwd, 'cases/data/huge.csv'), new Uint8Array(64 * 1024 * 1024 + 1));
    const { stderr, exitCode } = await tidemark(['run', 'cases/a.yaml'], { cwd });
    expect(stderr).toBe(`cases/a.yaml:3:40: requests.hold.empirical.file: ${message}\n`);
    expect(exitCode).toBe(2);
  });

  it('with a row at fault is named with that line', async () => {
    const trace = 'duration: 1m\ntraffic: { trace: data/t.csv }\nservice: {}\n';
    const cwd = withData('t.csv', 'at_s,hold_ms\n1,5\n2,x\n', trace);
    const { stderr, exitCode } = await tidemark(['run', 'cases/a.yaml'], { cwd });
    expect(stderr).toBe(
      'cases/a.yaml:2:19: traffic.trace: data/t.csv:3: x is no number; hold_ms holds numbers from 0 to 104 days, in ms\n',
    );
    expect(exitCode).toBe(2);
    writeFileSync(join(cwd, 'cases/data/t.csv'), 'at_s,hold_ms\n1,5\n2,7\n');
    const sound = await tidemark(['run', 'cases/a.yaml', '--full'], { cwd });
    expect(sound.stderr).toBe('');
    expect(sound.stdout).toContain('a trace of 2 requests');
  });
});
