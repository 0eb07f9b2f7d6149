// action.yml, run as GitHub runs it, in repositories of a test.

import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, missed, quiet, root } from '../cli/tidemark.ts';
import { action, pullRequest, runAction } from './steps.ts';

const guide = (file: string) => readFileSync(join(root, 'docs/guides/ci', file), 'utf8');

/** The shop of the guide: ten connections a pod are too few for the sale, twenty more than the database has. */
const before = {
  'scenarios/flash-sale.yaml': guide('planned/flash-sale.yaml'),
  'application.yml': guide('application.yml'),
};
const after = { 'application.yml': before['application.yml'].replace(/(size: )10$/m, '$120') };

const onPullRequest = { GITHUB_BASE_REF: 'main' };

describe('the action on a pull request', () => {
  it('fails it at the line of the setting, in the log, the summary, a comment and JUnit XML', () => {
    const workspace = pullRequest(before, after);
    const inputs = { scenarios: 'scenarios/', pool: 'application.yml' };
    const run = runAction(inputs, { workspace, env: onPullRequest });
    expect({ ...run, log: '', summary: '' }).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'fail' },
      used: [],
    });
    const lines = before['application.yml'].split('\n');
    const line = lines.findIndex((text) => text.includes('maximum-pool-size')) + 1;
    const [annotation = ''] = run.log.match(/^::error .*$/m) ?? [];
    expect(annotation).toContain(`::error file=application.yml,line=${line},`);
    expect(annotation).toContain('maximum-pool-size 10 → 20: flash-sale now passes (');
    expect(annotation).toContain(
      'but 8 pods × 20 = 160 > 97 connections: pods will fail to start.',
    );
    const { junit = '', comment = '' } = run.outputs;
    const written = [junit, comment].map((file) => readFileSync(file, 'utf8'));
    expect(run.summary).toBe(written[1]);
    expect(run.summary).toContain('### Tidemark: fail');
    expect(written[0]).toContain('<testsuite name="flash-sale"');
    const password = /password: (\S+)/.exec(before['application.yml'])?.[1] ?? 'none';
    for (const text of [run.log, run.summary, ...written]) expect(text).not.toContain(password);
  });

  it('ends with exit code 2 where the branch was not fetched, and says how it is', () => {
    const workspace = pullRequest({ 'quiet.yaml': quiet }, {});
    const env = { GITHUB_BASE_REF: 'release' };
    const run = runAction({ scenarios: 'quiet.yaml' }, { workspace, env });
    expect(run).toMatchObject({
      exitCode: 2,
      outputs: { verdict: 'error', junit: '', comment: '' },
      summary: '',
    });
    expect(run.log).toContain('--against origin/release: git knows no such version');
    expect(run.log).toContain('fetch-depth: 0');
  });

  it('compares with a version or with a baseline where one is named', () => {
    const workspace = pullRequest({ 'quiet.yaml': quiet }, {});
    const at = { workspace, env: onPullRequest };
    const scenarios = 'quiet.yaml';
    expect(runAction({ scenarios }, at).log).toContain('nothing is worse than origin/main.');
    const head = runAction({ scenarios, against: 'HEAD' }, at);
    expect(head.log).toContain('nothing is worse than HEAD.');
    const kept = runAction({ scenarios, baseline: 'kept.json' }, at);
    expect(kept.log).toContain('There is no baseline yet (kept.json)');
  });
});

describe('the action elsewhere', () => {
  it('passes, and takes scenarios and options one a line', () => {
    const workspace = folder({ 'a b.yaml': quiet, 'c.yaml': quiet });
    const inputs = {
      scenarios: '\n  a b.yaml\n\n  c.yaml  \n',
      arguments: '--set=duration=30s\n--full\n',
    };
    const run = runAction(inputs, { workspace });
    expect(run).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
    expect(run.log).toContain('2 scenarios pass: 2 of 2 objectives met.');
    expect(run.log).toContain('Scenario');
  });

  it('takes the scenarios of the project, where none is named', () => {
    const config = 'scenarios: [ missed.yaml ]\n';
    const workspace = folder({ 'missed.yaml': missed, 'tidemark.config.yaml': config });
    const run = runAction({}, { workspace });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: 'fail' } });
    expect(run.log).toMatch(/^::error file=missed\.yaml,line=8,/m);
  });

  it('is undecided with exit code 4, unless it is told what that counts as', () => {
    // The limit is the long-run mean wait of M/M/1 at 80 %, 4 × 10 ms: a few minutes decide nothing.
    const open = quiet
      .replace('rate: 50', 'rate: 80')
      .replace('query: 10ms', 'hold: { exponential: 10ms }')
      .replace('max: 10', 'max: 1')
      .replace('response p99 < 1s', 'acquire mean < 40ms over run');
    const workspace = folder({ 'open.yaml': open });
    const inputs = { scenarios: 'open.yaml', arguments: '--budget=24k' };
    const run = runAction(inputs, { workspace });
    expect(run).toMatchObject({ exitCode: 4, outputs: { verdict: 'undecided' } });
    const told = runAction({ ...inputs, undecided: 'pass' }, { workspace });
    expect(told).toMatchObject({ exitCode: 0, outputs: { verdict: 'pass' } });
  });
});

describe('what is written into the inputs of the action', () => {
  const names = Object.keys(action.inputs);

  it.each(names)('is never executed: %s', (name) => {
    for (const text of [
      '"; touch owned; "$(touch owned)`touch owned`\ntouch owned\n',
      "'; touch owned; '",
    ]) {
      const workspace = folder({ 'quiet.yaml': quiet });
      const run = runAction({ scenarios: 'quiet.yaml', [name]: text }, { workspace });
      expect(existsSync(join(workspace, 'owned')), text).toBe(false);
      if (name !== 'node-version' && name !== 'baseline') expect(run.exitCode, text).toBe(2);
    }
  });

  it('is not part of any script', () => {
    for (const { run, shell } of action.runs.steps.filter((step) => step.run !== undefined)) {
      expect(run).not.toContain('${{');
      expect(shell).toBe('bash');
    }
  });

  it('is a scenario where it looks like an option', () => {
    const workspace = folder({ 'quiet.yaml': quiet });
    const run = runAction({ scenarios: '--update-baseline\nquiet.yaml' }, { workspace });
    expect(run.exitCode).toBe(2);
    expect(existsSync(join(workspace, 'tidemark.baseline.json'))).toBe(false);
  });
});

describe('the action’s own needs', () => {
  it('are Node, set up where it is missing or another is wanted', () => {
    const workspace = folder({ 'quiet.yaml': quiet });
    const used = (version: string) => runAction({ 'node-version': version }, { workspace }).used;
    expect(used('')).toEqual([]);
    expect(used('24')).toEqual([expect.stringMatching(/^actions\/setup-node@v\d+$/)]);
    const bin = folder();
    const old = join(bin, 'node');
    // A Node that says it is too old fails the script that asks it.
    writeFileSync(old, '#!/bin/sh\nexit 1\n');
    chmodSync(old, 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    expect(runAction({}, { workspace, env }).used).toHaveLength(1);
  });

  it('name the oldest Node that the package runs on', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      engines: { node: string };
    };
    const oldest = manifest.engines.node.replace('>=', '');
    expect(action.inputs['node-version']?.description).toContain(`older than ${oldest}`);
    const [major = '', minor = ''] = oldest.split('.');
    const script = action.runs.steps[0]?.run;
    expect(script).toContain(`a > ${major} || (a == ${major} && b >= ${minor})`);
  });

  it('are installed by the lock file and built, once', () => {
    const actionPath = folder();
    const bin = folder();
    // Stands for npm: notes what it is asked for, and where; building gives the command that is built here.
    const npm = join(bin, 'npm');
    const built = join(root, 'dist/cli/main.js');
    const main = `import ${JSON.stringify(built)};`;
    const makes = `mkdir -p dist/cli && echo '${main}' > dist/cli/main.js && echo '{"type":"module"}' > package.json`;
    writeFileSync(npm, `#!/bin/sh\necho "$*" >> npm.log\nif [ "$1" = run ]; then ${makes}; fi\n`);
    chmodSync(npm, 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    const workspace = folder({ 'quiet.yaml': quiet });
    const runs = [1, 2].map(() =>
      runAction({ scenarios: 'quiet.yaml' }, { workspace, env, actionPath }),
    );
    expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0]);
    const asked = readFileSync(join(actionPath, 'npm.log'), 'utf8').trimEnd().split('\n');
    expect(asked.map((line) => line.split(' ')[0])).toEqual(['ci', 'run']);
    expect(asked[0]).toContain('--include=dev');
    expect(asked[1]).toBe('run build');
  });

  it('stop it where they cannot be installed', () => {
    const bin = folder();
    writeFileSync(join(bin, 'npm'), '#!/bin/sh\necho no network >&2\nexit 1\n');
    chmodSync(join(bin, 'npm'), 0o755);
    const env = { PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` };
    const workspace = folder({ 'quiet.yaml': quiet });
    const run = runAction({ scenarios: '.' }, { workspace, env, actionPath: folder() });
    expect(run).toMatchObject({ exitCode: 1, outputs: { verdict: '' } });
    expect(run.log).toContain('no network');
  });
});
