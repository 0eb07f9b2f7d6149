// `npm run test:mutants`: lets Stryker change the core in every small way, area by area, and asks the tests
// of that area. Exit code 1 when an area has a score below 80 %. Words after the command choose files whose
// paths contain them.

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Area {
  readonly name: string;
  /** Files that are changed; a folder stands for all in it. */
  readonly mutate: readonly string[];
  /** Where the tests are that are asked. With those of other areas too, one change would take minutes. */
  readonly tests: string;
}

const areas: readonly Area[] = [
  {
    name: 'event list and lanes',
    mutate: ['event-list', 'event-queue', 'ordered-lanes', 'ticketed-heap'].map(
      (file) => `src/engine/${file}.ts`,
    ),
    tests: 'test/engine/{event-list,event-queue,ordered-lanes,ticketed-heap}.test.ts',
  },
  { name: 'pool', mutate: ['src/model/pool'], tests: 'test/model/pool/*.test.ts' },
  {
    name: 'processor sharing',
    mutate: ['src/model/database/shared-server.ts'],
    tests: 'test/model/database/shared-server.test.ts',
  },
  {
    name: 'rate curve',
    mutate: ['src/model/traffic/rate-curve.ts'],
    tests: 'test/model/traffic/rate-curve.test.ts',
  },
  {
    name: 'arrivals',
    mutate: [
      ...['gaps', 'gap-arrivals', 'deterministic-arrivals', 'switched-arrivals', 'batch-arrivals'],
      'open-arrivals',
    ].map((file) => `src/model/traffic/${file}.ts`),
    tests: 'test/model/traffic/{gap,open}-arrivals.test.ts',
  },
  {
    name: 'users, bursts and traces',
    mutate: ['users', 'population-curve', 'bursts', 'instant-list', 'trace-cursor', 'traffic'].map(
      (file) => `src/model/traffic/${file}.ts`,
    ),
    tests: 'test/model/traffic/{users,traffic}.test.ts',
  },
];

const wanted = process.argv.slice(2);
const chosen = areas
  .map((area) => ({ ...area, files: area.mutate.flatMap(filesAt).filter(isWanted) }))
  .filter(({ files }) => files.length > 0);
const poor = chosen.filter(({ name, files, tests }) => !isGood(name, files, tests));
for (const { name } of poor) say(`${name}: below 80 %, or could not be run`);
if (chosen.length === 0) say('no file has such a name');
process.exitCode = chosen.length === 0 || poor.length > 0 ? 1 : 0;

function filesAt(path: string): string[] {
  if (path.endsWith('.ts')) return [path];
  return readdirSync(join(root, path)).map((file) => `${path}/${file}`);
}

function isWanted(file: string): boolean {
  return wanted.length === 0 || wanted.some((word) => file.includes(word));
}

function isGood(name: string, files: readonly string[], tests: string): boolean {
  say(`\n${name}`);
  const stryker = join(root, 'node_modules/@stryker-mutator/core/bin/stryker.js');
  const config = join(root, 'test/setup/stryker.config.json');
  const run = spawnSync(process.execPath, [stryker, 'run', config, '--mutate', files.join(',')], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TIDEMARK_MUTANTS_TESTS: tests },
  });
  return run.status === 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
