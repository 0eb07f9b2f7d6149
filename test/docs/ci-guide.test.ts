// The guide of the gate is executed: every command of the page, in its order, in a git repository with its
// files. The page's outputs are golden, written by `npm run samples`.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readCheckConfig } from '../../src/scenario/check-config.ts';
import { action } from '../action/steps.ts';
import { root } from '../cli/tidemark.ts';
import { ciGuide, open } from './pages.ts';

const { text, commands, folder, run, close } = open(ciGuide);

afterAll(close);

const outputOf = (part: string): string =>
  commands
    .filter(({ command }) => command.includes(part))
    .map(({ output }) => output.replace(/\s+/g, ' '))
    .join();

/** The first block of the page, or of another, that begins with this line. */
function block(firstLine: string, page = text): string {
  const start = page.indexOf(`\`\`\`yaml\n${firstLine}`);
  if (start < 0) throw new Error(`there is no block that begins with ${firstLine}`);
  return page.slice(start + '```yaml\n'.length, page.indexOf('```\n', start + 1));
}

describe('the guide of the gate', () => {
  it('shows good settings that pass, and the default of January that fails', () => {
    expect(outputOf('--full')).toContain('2 scenarios pass: 4 of 4 objectives met');
    expect(outputOf('--full')).toContain('exit code 0');
    const january = outputOf('incidents/');
    expect(january).toContain('january-2024 misses response p99 < 1s (over 1 % failed)');
    expect(january).toContain('the pool is full since 13:58:41, at 951 requests/s.');
    expect(january).toContain('exit code 1');
  });

  it('shows a pull request that passes the surge and breaks something else', () => {
    const shown = outputOf('--against main; echo');
    expect(shown).toContain('maximum-pool-size 10 → 20: flash-sale now passes (p99 5.2 s →');
    expect(shown).toContain('but 8 pods × 20 = 160 > 97 connections: pods will fail to start.');
    expect(shown).toContain('exit code 1');
  });

  it.each(commands)('prints what the page says: $command', ({ command, output }) => {
    expect(run(command)).toBe(output);
  });

  it('leaves the password of the pool’s file in that file', () => {
    const inFolder = (name: string) => readFileSync(join(folder, name), 'utf8');
    const [, password = ''] = /password: (\S+)/.exec(inFolder('application.yml')) ?? [];
    expect(password).not.toBe('');
    const written = ['tidemark.baseline.json', 'junit.xml', 'comment.md'].map(inFolder);
    for (const one of [text, ...written]) expect(one).not.toContain(password);
  });

  it('has a configuration with all keys, which a check takes', () => {
    const name = 'tidemark.config.yaml';
    const config = block(`# ${name}`);
    const read = readCheckConfig(name, config);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const strange = readCheckConfig(name, 'qqqqqqqqqq: 1');
    const allowed = strange.ok ? '' : strange.faults[0]?.message.replace(/^.*allowed: /, '');
    expect(Object.keys(read.config).sort()).toEqual(allowed?.split(', ').sort());
    writeFileSync(join(folder, name), config);
    const said = run('tidemark check').replace(/\s+/g, ' ');
    expect(said).toContain('nothing is worse than tidemark.baseline.json');
    expect(said).toContain('A p99 that is 10.0 % worse would be found.');
  });

  it('has six lines for GitHub, as the README, with inputs that the action has', () => {
    const first = '# steps of a job in .github/workflows';
    const example = block(first);
    expect(example.trimEnd().split('\n').slice(1)).toHaveLength(6);
    expect(block(first, readFileSync(join(root, 'README.md'), 'utf8'))).toBe(example);
    const steps = parse(example) as { with: object }[];
    for (const name of Object.keys(steps[1]?.with ?? {})) {
      expect(Object.keys(action.inputs)).toContain(name);
    }
  });

  it('names every input and output of the action', () => {
    const rows = [...text.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
    expect(rows).toEqual(Object.keys(action.inputs));
    for (const name of Object.keys(action.outputs)) expect(text).toContain(`\`${name}\``);
  });
});
