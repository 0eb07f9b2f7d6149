import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { endless, folder, missed, quiet, said, start, ended, tidemark } from './tidemark.ts';

/** A pool that is nearly full: what is changed makes a difference. */
const busy = `name: busy
duration: 2m
seed: 7
traffic: { rate: 200 }
requests: { query: { exponential: 40ms } }
service: { instances: 1, pool: { max: 10 } }
database: { cores: 64, contention: none }
objectives: [ response p99 < 2s ]
`;

/** Runs a check in a folder with these files. */
async function check(args: string, files: Readonly<Record<string, string>>, env = {}) {
  const cwd = folder(files);
  return { cwd, ...(await tidemark(['check', ...args.split(' ')], { cwd, env })) };
}

interface Document {
  readonly passed: boolean;
  readonly verdict: string;
  readonly notices: readonly string[];
  readonly files: readonly {
    readonly file: string;
    readonly verdict: string;
    readonly says: string;
    readonly replications: number;
    readonly objectives: readonly { text: string; state: string; before: unknown }[];
    readonly regressions: readonly string[];
    readonly comparison: {
      readonly unchanged: boolean;
      readonly metrics: readonly { name: string; difference: number; detectable: number }[];
    } | null;
    readonly changes: readonly { path: string; words: string; file: string; line: number }[];
  }[];
}

describe('a check of objectives', () => {
  it('passes with a notice that nothing is compared, and says hardly more', async () => {
    const { stdout, stderr, exitCode } = await check('quiet.yaml', { 'quiet.yaml': quiet });
    expect({ stderr, exitCode }).toEqual({ stderr: '', exitCode: 0 });
    expect(stdout).toBe(
      '1 scenario passes: 1 of 1 objective met.\n' +
        'There is no baseline yet (tidemark.baseline.json), so nothing is compared;\n' +
        '--update-baseline writes it.\n',
    );
  });

  it('fails with the line of the objective that is missed, and by what', async () => {
    const { stdout, exitCode } = await check('.', { 'missed.yaml': missed, 'quiet.yaml': quiet });
    expect(exitCode).toBe(1);
    expect(stdout).toContain('Of 2 scenarios 1 fails.');
    expect(stdout).toMatch(
      /^fail {2}missed\.yaml:8\n {2}quiet misses response p99 < 1ms \(\d+ ms\)/m,
    );
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('searches folders to their depths, and takes only scenarios', async () => {
    const cwd = folder({ 'application.yml': 'spring: { datasource: {} }', 'notes.txt': quiet });
    mkdirSync(join(cwd, 'deep/er'), { recursive: true });
    mkdirSync(join(cwd, '.hidden'));
    writeFileSync(join(cwd, 'deep/er/quiet.yaml'), quiet);
    writeFileSync(join(cwd, '.hidden/other.yaml'), missed);
    const { stdout } = await tidemark(['check', '.', '--json'], { cwd });
    const { files } = JSON.parse(stdout) as Document;
    expect(files.map(({ file }) => file)).toEqual(['deep/er/quiet.yaml']);
  });

  it('is undecided, exit code 4, where the budget ends first, unless told what that counts as', async () => {
    // The mean wait of M/M/1 at 80 % scatters over a minute, and the limit is the long-run mean: 4 × 10 ms.
    const open = quiet
      .replace('rate: 50', 'rate: 80')
      .replace('query: 10ms', 'hold: { exponential: 10ms }')
      .replace('max: 10', 'max: 1')
      .replace('response p99 < 1s', 'acquire mean < 40ms over run');
    const files = { 'open.yaml': open };
    const budget = '--budget 24k';
    const undecided = await check(`open.yaml ${budget}`, files);
    expect(undecided.exitCode).toBe(4);
    expect(undecided.stdout).toContain('may or may not meet acquire mean < 40ms over run');
    expect((await check(`open.yaml ${budget} --undecided pass`, files)).exitCode).toBe(0);
    expect((await check(`open.yaml ${budget} --undecided fail`, files)).exitCode).toBe(1);
  });
});

describe('a check against a baseline', () => {
  it('finds nothing in what was not changed, whatever the seed: differences are exactly 0', async () => {
    const cwd = folder({ 'busy.yaml': busy });
    expect((await tidemark(['check', 'busy.yaml', '--update-baseline'], { cwd })).exitCode).toBe(0);
    for (const seed of ['1', 'another', '3']) {
      const { stdout, exitCode } = await tidemark(
        ['check', 'busy.yaml', '--json', '--seed', seed],
        { cwd },
      );
      const { files } = JSON.parse(stdout) as Document;
      expect(exitCode).toBe(0);
      expect(files[0]?.comparison?.unchanged).toBe(true);
      for (const { difference } of files[0]?.comparison?.metrics ?? []) expect(difference).toBe(0);
    }
  });

  it('fails when it got worse, and names what was changed and where', async () => {
    const cwd = folder({ 'busy.yaml': busy });
    await tidemark(['check', 'busy.yaml', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'busy.yaml'), busy.replace('max: 10', 'max: 9'));
    const text = await tidemark(['check', 'busy.yaml'], { cwd });
    expect(text.exitCode).toBe(1);
    expect(text.stdout).toMatch(/^fail {2}busy\.yaml:6\n {2}max 10 → 9: busy is worse: p99 /m);
    const json = await tidemark(['check', 'busy.yaml', '--json'], { cwd });
    const { passed, files } = JSON.parse(json.stdout) as Document;
    expect(passed).toBe(false);
    expect(files[0]?.regressions).toContain('response.p99Ms');
    expect(files[0]?.changes).toEqual([
      { path: 'service.pool.max', words: 'max 10 → 9', file: 'busy.yaml', line: 6 },
    ]);
  });

  it('says how small a loss it would have found', async () => {
    const cwd = folder({ 'busy.yaml': busy });
    await tidemark(['check', 'busy.yaml', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'busy.yaml'), busy.replace('max: 10', 'max: 10, maxPending: 900'));
    const { stdout, exitCode } = await tidemark(['check', 'busy.yaml'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^A p99 that is 5\.0 % worse would be found\.$/m);
  });

  it('passes when it got better, and a tolerance lets small losses pass', async () => {
    const cwd = folder({ 'busy.yaml': busy });
    await tidemark(['check', 'busy.yaml', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'busy.yaml'), busy.replace('max: 10', 'max: 12'));
    const better = await tidemark(['check', 'busy.yaml'], { cwd });
    expect(better).toMatchObject({ exitCode: 0, stderr: '' });
    expect(better.stdout).not.toContain('fail');
    writeFileSync(join(cwd, 'busy.yaml'), busy.replace('40ms', '41ms'));
    expect((await tidemark(['check', 'busy.yaml'], { cwd })).exitCode).toBe(1);
    const lax = await tidemark(['check', 'busy.yaml', '--tolerance', '50%'], { cwd });
    expect(lax.exitCode).toBe(0);
  });

  it('is the same bytes each time, on any number of workers', async () => {
    const cwd = folder({ 'busy.yaml': busy, 'quiet.yaml': quiet });
    const update = ['check', '.', '--update-baseline'];
    await tidemark(update, { cwd });
    const baseline = readFileSync(join(cwd, 'tidemark.baseline.json'), 'utf8');
    await tidemark(update, { cwd });
    expect(readFileSync(join(cwd, 'tidemark.baseline.json'), 'utf8')).toBe(baseline);
    writeFileSync(join(cwd, 'busy.yaml'), busy.replace('max: 10', 'max: 9'));
    const outputs = await Promise.all(
      ['1', '3'].map(async (workers) => {
        const args = ['check', '.', '--json', '--workers', workers, '--junit', `j${workers}.xml`];
        const { stdout } = await tidemark([...args, '--markdown', `m${workers}.md`], { cwd });
        const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
        return [stdout, read(`j${workers}.xml`), read(`m${workers}.md`)];
      }),
    );
    expect(outputs[1]).toEqual(outputs[0]);
  });

  it('keeps what the baseline has of others that are still there', async () => {
    const cwd = folder({ 'busy.yaml': busy, 'quiet.yaml': quiet, 'gone.yaml': missed });
    await tidemark(['check', '.', '--update-baseline'], { cwd });
    const { unlinkSync } = await import('node:fs');
    unlinkSync(join(cwd, 'gone.yaml'));
    await tidemark(['check', 'quiet.yaml', '--update-baseline'], { cwd });
    const text = readFileSync(join(cwd, 'tidemark.baseline.json'), 'utf8');
    const { scenarios } = JSON.parse(text) as { scenarios: object };
    expect(Object.keys(scenarios)).toEqual(['busy.yaml', 'quiet.yaml']);
  });

  it('compares what is new with nothing, and says so', async () => {
    const cwd = folder({ 'busy.yaml': busy });
    await tidemark(['check', '.', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'quiet.yaml'), quiet);
    const { stdout, exitCode } = await tidemark(['check', '.'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      'Not in tidemark.baseline.json yet, so compared with nothing: quiet.yaml',
    );
  });

  it('of another version is simulated by this one, and says once to make it anew', async () => {
    const cwd = folder({ 'busy.yaml': busy, 'quiet.yaml': quiet });
    await tidemark(['check', '.', '--update-baseline'], { cwd });
    const path = join(cwd, 'tidemark.baseline.json');
    const old = readFileSync(path, 'utf8')
      .replace(/"tidemark": "[^"]*"/, '"tidemark": "0.0.1"')
      .replace(/"hash": "[^"]*"/, '"hash": "of the old engine"');
    writeFileSync(path, old);
    const { stdout, exitCode } = await tidemark(['check', '.'], { cwd });
    expect(exitCode).toBe(0);
    expect(stdout.match(/--update-baseline makes it anew/g)).toHaveLength(1);
    expect(stdout).toContain('is of tidemark 0.0.1, and this is');
  });
});

describe('a baseline that is of no use', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['broken', '{ "format": 1', 'is no JSON, so no baseline'],
    ['something else', '{ "name": "x" }', 'is no baseline of tidemark'],
    ['of another format', '{ "format": 2 }', 'is a baseline of format 2'],
    ['without its parts', '{ "format": 1, "tidemark": "1" }', 'is broken at scenarios'],
    [
      'of another scenario',
      '{ "format": 1, "tidemark": "0.1.0", "scenarios": {} }',
      'is a baseline of no scenario, not of quiet.yaml',
    ],
  ];

  it.each(cases)('is refused when it is %s', async (_what, text, says) => {
    const files = { 'quiet.yaml': quiet, 'b.json': text };
    const { stdout, stderr, exitCode } = await check('quiet.yaml --baseline b.json', files);
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    expect(stderr).toContain(`tidemark: b.json: ${says}`);
    expect(stderr).toContain('--update-baseline');
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('is refused when the file is another scenario now, or it was changed by hand', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    await tidemark(['check', 'quiet.yaml', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'quiet.yaml'), quiet.replace('name: quiet', 'name: loud'));
    const other = await tidemark(['check', 'quiet.yaml'], { cwd });
    expect(other.exitCode).toBe(2);
    expect(other.stderr).toContain('quiet.yaml was the scenario quiet, and is loud now');
    writeFileSync(join(cwd, 'quiet.yaml'), quiet);
    const path = join(cwd, 'tidemark.baseline.json');
    writeFileSync(path, readFileSync(path, 'utf8').replace('"rate": 50', '"rate": 51'));
    const edited = await tidemark(['check', 'quiet.yaml'], { cwd });
    expect(edited.exitCode).toBe(2);
    expect(edited.stderr).toContain('was changed by hand, or in a merge');
  });

  it('repeats nothing of a file that is none: it may hold secrets', async () => {
    const files = { 'quiet.yaml': quiet, 'application.yml': 'password: hunter2-secret' };
    const { stdout, stderr } = await check('quiet.yaml --baseline application.yml', files);
    expect(stdout + stderr).not.toContain('hunter2');
  });
});

describe('the configuration of a project', () => {
  const config = 'scenarios: [ scenarios ]\nbaseline: ci/b.json\ntolerance: 60%\nseed: 5\n';

  /** A project with a folder of scenarios and one to stand in. */
  function project(text: string): string {
    const cwd = folder({ 'tidemark.config.yaml': text });
    for (const name of ['scenarios', 'ci', 'deep/below'])
      mkdirSync(join(cwd, name), { recursive: true });
    writeFileSync(join(cwd, 'scenarios/busy.yaml'), busy);
    return cwd;
  }

  it('is found from below, says what is checked and how, and options win over it', async () => {
    const cwd = project(config);
    const below = join(cwd, 'deep/below');
    const update = await tidemark(['check', '--update-baseline'], { cwd: below });
    expect(update).toMatchObject({ exitCode: 0, stderr: 'wrote ../../ci/b.json\n' });
    writeFileSync(join(cwd, 'scenarios/busy.yaml'), busy.replace('40ms', '41ms'));
    const lax = await tidemark(['check', '--json'], { cwd: below });
    expect(lax.exitCode).toBe(0);
    const { files } = JSON.parse(lax.stdout) as Document & { files: { seed: string }[] };
    expect(files[0]).toMatchObject({ file: '../../scenarios/busy.yaml', seed: '5' });
    expect(files[0]?.comparison?.unchanged).toBe(false);
    const strict = await tidemark(['check', '--tolerance', '1%'], { cwd: below });
    expect(strict.exitCode).toBe(1);
  });

  it('has tolerances of single figures', async () => {
    const cwd = project(`${config.replace('60%', '5%')}tolerances: { response p99: 90% }\n`);
    await tidemark(['check', '--update-baseline'], { cwd });
    writeFileSync(join(cwd, 'scenarios/busy.yaml'), busy.replace('40ms', '42ms'));
    const { stdout } = await tidemark(['check', '--json'], { cwd });
    const { files } = JSON.parse(stdout) as Document;
    expect(files[0]?.regressions).toContain('response.meanMs');
    expect(files[0]?.regressions).not.toContain('response.p99Ms');
  });

  it('with a mistake is an error that names its line and what was probably meant', async () => {
    const { stderr, exitCode } = await tidemark(['check'], { cwd: project('scenario: x\n') });
    expect({ stderr, exitCode }).toEqual({
      stderr: 'tidemark.config.yaml:1:1: scenario: unknown key; did you mean scenarios?\n',
      exitCode: 2,
    });
  });
});

describe('what a check refuses', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'check: which scenarios?'],
    ['nothing.yaml', 'nothing.yaml: there is no such file'],
    ['quiet.yaml --tolerance 5', '--tolerance: 5 is no share such as 40%; did you mean 5%?'],
    ['quiet.yaml --budget 3', '--budget: 3 is out of range'],
    ['quiet.yaml --undecided maybe', '--undecided maybe: pass or fail is needed'],
    ['quiet.yaml --json --markdown -', '--json and --markdown -: only one can be standard output'],
    ['quiet.yaml --against main --baseline b.json', '--against and --baseline'],
    ['quiet.yaml --against main --update-baseline', '--against and --update-baseline'],
    ['quiet.yaml --against main', '--against main: this is not a git repository'],
    ['quiet.yaml --set DB_POOL=3', '--set DB_POOL: is no setting of a scenario'],
    ['quiet.yaml --pool nothing.yml', 'cannot read nothing.yml: there is no such file'],
    ['quiet.yaml --junit nowhere/at/all.xml', 'cannot write nowhere/at/all.xml'],
    ['empty', 'empty: there is no scenario in this folder'],
    ['near.yaml', 'response p98 < 1s'],
  ];

  it.each(cases)('%s', async (args, says) => {
    const near = quiet.replace('p99 <', 'p98 <');
    const cwd = folder({ 'quiet.yaml': quiet, 'near.yaml': near });
    mkdirSync(join(cwd, 'empty'));
    const given = args === '' ? [] : args.split(' ');
    const { stdout, stderr, exitCode } = await tidemark(['check', ...given], { cwd });
    expect({ stdout, exitCode }).toEqual({ stdout: '', exitCode: 2 });
    if (args === 'near.yaml') expect(stderr).toContain('p50, p90, p95, p99, p99.9, mean');
    else expect(stderr).toContain(says);
    expect(stderr).not.toMatch(/^ +at /m);
  });

  it('names every fault of every scenario at once', async () => {
    const wrong = { 'a.yaml': quiet.replace('rate:', 'rat:'), 'b.yaml': quiet.replace('1m', '1') };
    const { stderr, exitCode } = await check('a.yaml b.yaml --tolerance x', wrong);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--tolerance: ');
    expect(stderr).toContain('a.yaml:5:');
    expect(stderr).toContain('b.yaml:3:');
  });

  it('is not fooled by a broken scenario in a folder', async () => {
    const { stderr, exitCode } = await check('.', { 'broken.yaml': `${quiet}  - [` });
    expect(exitCode).toBe(2);
    expect(stderr).toContain('broken.yaml:');
  });

  it('is a folder that cannot be written to, before anything is simulated', async () => {
    const cwd = folder({ 'endless.yaml': endless });
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o500);
    // Whoever may write everywhere cannot write below a file.
    const path = process.getuid?.() === 0 ? 'endless.yaml/x.xml' : 'locked/x.xml';
    const { stderr, exitCode } = await tidemark(['check', 'endless.yaml', '--junit', path], {
      cwd,
    });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`cannot write ${path}`);
  });
});

describe('a check that is interrupted', () => {
  it('exits with 130 and leaves no file', async () => {
    const cwd = folder({ 'endless.yaml': endless });
    const args = [
      'check',
      'endless.yaml',
      '--junit',
      'j.xml',
      '--update-baseline',
      '--workers',
      '1',
    ];
    const child = start(args, { cwd });
    const end = ended(child);
    await said(child, 'this simulates');
    child.kill('SIGINT');
    const { exitCode, stderr } = await end;
    expect(exitCode).toBe(130);
    expect(stderr).toContain('interrupted by SIGINT');
    expect(existsSync(join(cwd, 'j.xml'))).toBe(false);
    expect(existsSync(join(cwd, 'tidemark.baseline.json'))).toBe(false);
  });
});
