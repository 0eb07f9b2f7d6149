// The same seed and scenario give the same bytes of JSON: twice, and on other versions of Node; another
// seed does not. In the nightly run with the whole of January, else with its first minute of overload.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { isNightly } from '../support/nightly.ts';
import { root } from './replay.ts';

/** One release of each line that the product supports, from the npm package `node`. */
const releases = ['20.19.0', '22.20.0', '24.9.0'];
const cache = join(root, 'node_modules/.cache/tidemark-node');

const january = parse(readFileSync(join(root, 'scenarios/january-2024.yaml'), 'utf8')) as object;
const scenario = join(mkdtempSync(join(tmpdir(), 'tidemark-bytes-')), 'january.json');
const early = { duration: '30m', timeline: [], provenance: {}, objectives: ['response p99 < 1s'] };

function run(node: string, seed: string): string {
  const main = join(root, 'dist/cli/main.js');
  const args = [main, 'run', scenario, '--json', '--seed', seed];
  return execFileSync(node, args, { encoding: 'utf8', maxBuffer: 64e6 });
}

/** A Node of this release; null where it cannot be had. */
function nodeOf(release: string): string | null {
  const folder = join(cache, release);
  const binary = join(folder, 'node_modules/node/bin/node');
  if (!existsSync(binary)) {
    mkdirSync(folder, { recursive: true });
    const args = ['install', '--no-save', '--prefix', folder, `node@${release}`];
    spawnSync('npm', args, { stdio: 'ignore', timeout: 120_000 });
  }
  const version = existsSync(binary)
    ? spawnSync(binary, ['--version'], { encoding: 'utf8' })
    : null;
  return version?.stdout.trim() === `v${release}` ? binary : null;
}

describe('the bytes of the JSON', () => {
  let own: string;
  beforeAll(() => {
    writeFileSync(scenario, JSON.stringify({ ...january, ...(isNightly ? {} : early) }));
    own = run(process.execPath, '7');
  });

  test('are the same a second time', () => {
    expect(run(process.execPath, '7') === own).toBe(true);
  });

  test('are others with another seed', () => {
    expect(run(process.execPath, '8') === own).toBe(false);
  });

  test.for(releases)('are the same on Node %s', (release, { skip }) => {
    const node = nodeOf(release);
    if (node === null) skip(`Node ${release} cannot be had here: not compared`);
    else expect(run(node, '7') === own).toBe(true);
  });
});
