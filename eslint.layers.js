// Who may import whom: the rooms of src/, lowest first, and the one door of each package from
// outside. `importFault` judges one import by these tables; eslint.config.js makes it a lint rule.

import { posix } from 'node:path';

/**
 * What each room may import besides itself: whole rooms, or a single module written `room/module`.
 * `index` is src/index.ts, the public library, and `node` the same where there are files.
 *
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const mayImport = {
  engine: [],
  stats: [],
  theory: [],
  model: ['engine', 'stats'],
  scenario: ['model', 'engine', 'theory'],
  experiment: ['scenario', 'model', 'engine', 'stats', 'theory'],
  executor: ['experiment', 'model'],
  report: ['experiment', 'scenario', 'stats'],
  files: ['scenario'],
  library: ['experiment', 'scenario', 'report', 'executor/inline', 'executor/let-others-run'],
  vitest: ['library', 'report', 'experiment', 'scenario'],
  page: ['report', 'experiment', 'scenario', 'executor/inline'],
  calibration: ['scenario', 'theory', 'stats'],
  postgres: ['scenario', 'experiment', 'model', 'engine', 'stats', 'calibration'],
  cli: [
    'engine',
    'stats',
    'theory',
    'model',
    'scenario',
    'experiment',
    'executor',
    'report',
    'files',
    'library',
    'page',
    'calibration',
    'postgres',
    'index',
  ],
  index: [
    'engine',
    'stats',
    'theory',
    'model',
    'scenario',
    'experiment',
    'executor',
    'report',
    'calibration',
    'library',
  ],
  node: ['index', 'files'],
};

/**
 * Where each package from outside comes in: one file, or a folder (ending in a slash) where several
 * files share it. Of seedrandom only alea is wanted, because its main file reaches for Node.
 *
 * @type {Readonly<Record<string, string>>}
 */
export const doors = {
  'seedrandom/lib/alea.js': 'src/engine/random-streams.ts',
  'simple-statistics': 'src/stats/moments.ts',
  yaml: 'src/scenario/yaml/',
  'junit-report-builder': 'src/report/check/junit.ts',
  'smol-toml': 'src/scenario/import/syntax/toml-file.ts',
  zod: 'src/scenario/',
  saxes: 'src/scenario/import/syntax/xml.ts',
  'parse-duration': 'src/scenario/duration.ts',
  '@noble/hashes': 'src/scenario/hash.ts',
  asciichart: 'src/report/chart.ts',
  'cli-table3': 'src/report/table.ts',
  commander: 'src/cli/',
  picocolors: 'src/cli/colour.ts',
  '@clack/prompts': 'src/cli/init/ask.ts',
  'cli-progress': 'src/cli/progress.ts',
  piscina: 'src/executor/threads.ts',
  vitest: 'src/vitest/',
};

/** The rooms that touch the machine and so may use Node's own modules; the others run in a browser. */
const nodeRooms = ['executor', 'postgres', 'cli', 'files'];

/**
 * Says what is wrong with an import, or nothing when it is allowed.
 *
 * @param {string} file the importing file, from the repository's root: `src/model/system.ts`
 * @param {string} specifier what it imports, as written
 * @returns {string | undefined}
 */
export function importFault(file, specifier) {
  const room = roomOf(file);
  if (mayImport[room] === undefined) return `src/${room} is not a room of eslint.layers.js.`;
  if (specifier.startsWith('.')) return neighbourFault(room, file, specifier);
  if (specifier.startsWith('node:')) return nodeFault(room);
  return packageFault(file, specifier);
}

/** @param {string} file `src/model/pool/pool.ts` is in `model`, `src/index.ts` is `index` */
function roomOf(file) {
  return (file.split('/')[1] ?? '').replace(/\.ts$/, '');
}

/**
 * @param {string} room
 * @param {string} file
 * @param {string} specifier
 */
function neighbourFault(room, file, specifier) {
  const target = posix.join(posix.dirname(file), specifier);
  const allowed = [room, ...(mayImport[room] ?? [])];
  if (allowed.some((name) => isWithin(target, name))) return undefined;
  const list = mayImport[room]?.join(', ') ?? '';
  return `src/${room} may import ${list === '' ? 'no other room' : list}; not ${target}.`;
}

/**
 * @param {string} target
 * @param {string} name a room or a single module
 */
function isWithin(target, name) {
  return target.startsWith(`src/${name}/`) || target === `src/${name}.ts`;
}

/** @param {string} room */
function nodeFault(room) {
  if (nodeRooms.includes(room)) return undefined;
  return `Node's own modules are for ${nodeRooms.join(', ')}; src/${room} runs in a browser.`;
}

/**
 * @param {string} file
 * @param {string} specifier
 */
function packageFault(file, specifier) {
  const name = Object.keys(doors).find((n) => specifier === n || specifier.startsWith(`${n}/`));
  const door = name === undefined ? undefined : doors[name];
  if (door === undefined) return `${specifier} has no door in eslint.layers.js.`;
  if (door.endsWith('/') ? file.startsWith(door) : file === door) return undefined;
  return `${specifier} comes in through ${door} only.`;
}
