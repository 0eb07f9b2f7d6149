// Runs the steps of action.yml as a runner of GitHub does: each script by bash with the options that GitHub
// gives it, with the variables and files that it provides. Actions of others are noted and not run.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { folder, root } from '../cli/tidemark.ts';

export interface Step {
  readonly id?: string;
  readonly name: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly description: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const action = parse(readFileSync(join(root, 'action.yml'), 'utf8')) as Action;

type Texts = Readonly<Record<string, string>>;

export interface ActionRun {
  /** Of the last step that ran. */
  readonly exitCode: number | null;
  /** What the steps print, on either stream. */
  readonly log: string;
  readonly outputs: Texts;
  readonly summary: string;
  /** Actions of others that would have run. */
  readonly used: readonly string[];
}

interface Surroundings {
  readonly workspace: string;
  readonly env?: Texts;
  /** Where the action's own files are. */
  readonly actionPath?: string;
}

/** A workflow's step `uses: tidemark`, with these inputs. */
export function runAction(inputs: Texts, at: Surroundings): ActionRun {
  const temp = folder();
  const known = new Map(Object.keys(action.inputs).map((name) => [`inputs.${name}`, '']));
  for (const [name, text] of Object.entries(inputs)) known.set(`inputs.${name}`, text);
  const summary = join(temp, 'summary.md');
  const used: string[] = [];
  let log = '';
  let exitCode: number | null = 0;
  for (const step of action.runs.steps) {
    if (step.if !== undefined && !holds(step.if, known)) continue;
    if (step.uses !== undefined) used.push(step.uses);
    if (step.run === undefined) continue;
    const ended = runStep(step, { ...at, temp, summary, known });
    log += ended.log;
    exitCode = ended.exitCode;
    if (exitCode !== 0) break;
  }
  const outputs = Object.fromEntries(
    Object.entries(action.outputs).map(([name, { value }]) => [name, filledIn(value, known)]),
  );
  return {
    exitCode,
    log,
    outputs,
    summary: existsSync(summary) ? readFileSync(summary, 'utf8') : '',
    used,
  };
}

interface Running extends Surroundings {
  readonly temp: string;
  readonly summary: string;
  /** `inputs.pool`, `steps.check.outputs.verdict` → text */
  readonly known: Map<string, string>;
}

function runStep(step: Step, at: Running): { log: string; exitCode: number | null } {
  const { temp, summary, known, workspace } = at;
  const script = join(temp, 'script.sh');
  const output = join(temp, 'output');
  writeFileSync(script, step.run ?? '');
  writeFileSync(output, '');
  const own = Object.entries(step.env ?? {}).map(([name, text]) => [name, filledIn(text, known)]);
  const { status, stdout, stderr } = spawnSync(
    'bash',
    ['--noprofile', '--norc', '-eo', 'pipefail', script],
    {
      cwd: workspace,
      encoding: 'utf8',
      env: {
        PATH: process.env['PATH'],
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_ACTION_PATH: at.actionPath ?? root,
        GITHUB_OUTPUT: output,
        GITHUB_STEP_SUMMARY: summary,
        GITHUB_WORKSPACE: workspace,
        RUNNER_TEMP: temp,
        ...at.env,
        ...(Object.fromEntries(own) as Texts),
      },
    },
  );
  for (const line of readFileSync(output, 'utf8').split('\n').filter(Boolean)) {
    const [, name = '', text = ''] = /^(\w+)=(.*)$/.exec(line) ?? [];
    known.set(`steps.${step.id ?? ''}.outputs.${name}`, text);
  }
  return { log: stdout + stderr, exitCode: status };
}

/** Texts with their `${{ … }}` filled in: names, and nothing that would have to be computed. */
function filledIn(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => valueOf(name, known));
}

function holds(condition: string, known: ReadonlyMap<string, string>): boolean {
  const [, name = '', wanted] = /^([\w.-]+) == '(\w+)'$/.exec(condition) ?? [];
  return valueOf(name, known) === wanted;
}

/** An input that does not exist is a mistake in the action; an output that was not written is empty. */
function valueOf(name: string, known: ReadonlyMap<string, string>): string {
  const value = known.get(name);
  if (value === undefined && !name.startsWith('steps.')) throw new Error(`no such value: ${name}`);
  return value ?? '';
}

/** A clone on a branch, beside `origin/main`: both commits as maps of files. */
export function pullRequest(before: Texts, after: Texts): string {
  const workspace = folder();
  const git = (...args: string[]) => {
    const who = ['-c', 'user.name=test', '-c', 'user.email=test@example.org'];
    execFileSync('git', ['-C', workspace, ...who, ...args], { stdio: 'pipe' });
  };
  git('init', '--quiet', '--initial-branch=main');
  const commit = (files: Texts) => {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(workspace, name, '..'), { recursive: true });
      writeFileSync(join(workspace, name), text);
    }
    git('add', '--all');
    git('commit', '--quiet', '--allow-empty', '--message=change');
  };
  commit(before);
  git('update-ref', 'refs/remotes/origin/main', 'HEAD');
  git('switch', '--quiet', '--create=change');
  commit(after);
  return workspace;
}
