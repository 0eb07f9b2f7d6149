// A real pool through the built command, and what the README shows of one.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folder, root, tidemark } from './tidemark.ts';

test('the README shows of a real pool what the command says', async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const block = /run step-against-ramp --full\n```\n\n```text\n(.*?)\n```/s.exec(readme)?.[1] ?? '';
  const { stdout, exitCode } = await tidemark(['run', 'step-against-ramp', '--full'], {
    cwd: root,
  });
  expect(exitCode).toBe(0);
  const [verdict = '', log = ''] = block.split('\n…\n');
  expect(verdict.split('\n')).toHaveLength(5);
  expect(stdout).toContain(verdict);
  expect(log.split('\n')).toHaveLength(3);
  expect(stdout).toContain(log);
});

test('a pool without a limit is null in JSON, and no share of it is printed', async () => {
  const scenario = `
duration: 30s
traffic: { rate: 200 }
requests: { query: 50ms }
service: { pool: { profile: database-sql } }
database: { connect: { latency: 20ms } }
`;
  const cwd = folder({ 'endless.yaml': scenario });
  const json = await tidemark(['run', 'endless.yaml', '--json', '--replications', '2'], { cwd });
  expect(json.exitCode).toBe(0);
  const result = JSON.parse(json.stdout) as Record<string, unknown>;
  expect(result).toMatchObject({
    pool: { max: null, utilisation: null },
    across: { 'pool.utilisation': null },
    services: [{ product: { profile: 'database-sql', settings: { SetMaxOpenConns: 0 } } }],
  });
  const compared = await tidemark(['run', 'endless.yaml', '--set', 'service.pool.max=20'], { cwd });
  expect(compared.stdout).toMatch(/connections configured +no limit +20\n/);
  expect(compared.stdout).toMatch(/connections in use +– +\d/);
});
