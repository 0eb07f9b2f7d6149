// The rules of the house, tried on texts that were never written to disk, by the configuration that
// `npm run check:lint` uses. Only what needs type information is off: it wants files that exist.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { describe, expect, it } from 'vitest';
import { doors, importFault, mayImport } from '../../eslint.layers.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const eslint = new ESLint({
  cwd: root,
  overrideConfig: tseslint.configs.disableTypeChecked as NonNullable<
    ESLint.Options['overrideConfig']
  >,
});

/** The faults that lint finds in a text, as `rule: message`. */
async function faults(file: string, text: string): Promise<string[]> {
  const [result] = await eslint.lintText(text, { filePath: `${root}${file}` });
  if (result === undefined) throw new Error(`bug: lint skipped ${file}`);
  return result.messages.map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`);
}

describe('an import between rooms', () => {
  it.each([
    ['upward', 'src/engine/x.ts', '../model/y.ts', 'src/engine may import no other room'],
    ['sideways', 'src/stats/x.ts', '../engine/y.ts', 'src/stats may import no other room'],
    ['from deep inside', 'src/model/pool/x.ts', '../../cli/y.ts', 'src/model may import engine'],
    ['around a corner', 'src/model/x.ts', './../report/y.ts', 'src/model may import engine'],
    ['of the public library', 'src/report/x.ts', '../index.ts', 'src/report may import'],
    ['out of src', 'src/scenario/x.ts', '../../test/y.ts', 'src/scenario may import'],
    ['of worker threads by the page', 'src/page/x.ts', '../executor/worker.ts', 'src/page may'],
    ['of the command by the library', 'src/index.ts', './cli/main.ts', 'src/index may import'],
    ['by a room of no table', 'src/attic/x.ts', '../engine/y.ts', 'src/attic is not a room'],
  ])('%s is refused', async (_, file, target, message) => {
    expect(await faults(file, `export { y } from '${target}';\n`)).toEqual([
      expect.stringContaining(`tidemark/layers: ${message}`),
    ]);
  });

  it.each([
    ['src/model/x.ts', '../engine/y.ts'],
    ['src/model/pool/profiles/x.ts', '../../database/y.ts'],
    ['src/experiment/x.ts', '../theory/y.ts'],
    ['src/page/x.ts', '../executor/inline.ts'],
    ['src/cli/x.ts', '../postgres/y.ts'],
    ['src/index.ts', './calibration/y.ts'],
    ['test/model/x.ts', '../../src/cli/y.ts'],
  ])('%s may import %s', async (file, target) => {
    expect(await faults(file, `export { y } from '${target}';\n`)).toEqual([]);
  });

  it.each([
    ['a side effect', "import '../cli/y.ts';"],
    ['a type', "import type { Y } from '../cli/y.ts'; export type X = Y;"],
    ['everything', "export * from '../cli/y.ts';"],
    ['something at run time', "export const y = await import('../cli/y.ts');"],
  ])('upward is refused for %s too', async (_, text) => {
    expect(await faults('src/model/x.ts', `${text}\n`)).toEqual([
      expect.stringContaining('tidemark/layers: src/model may import'),
    ]);
  });

  it('whose target is computed is refused, since no rule can read it', async () => {
    const text = "const name = 'y';\nexport const y = await import(`../cli/${name}.ts`);\n";
    expect(await faults('src/model/x.ts', text)).toEqual([
      expect.stringContaining('tidemark/layers: An import names its module literally'),
    ]);
  });
});

describe('an import from outside', () => {
  it.each([
    ['src/engine/random-streams.ts', 'seedrandom/lib/alea.js'],
    ['src/scenario/hash.ts', '@noble/hashes/sha2.js'],
    ['src/scenario/traffic-schema.ts', 'zod'],
    ['src/cli/run.ts', 'commander'],
    ['src/cli/run.ts', 'node:fs'],
    ['src/executor/threads.ts', 'node:worker_threads'],
  ])('%s may import %s', async (file, target) => {
    expect(await faults(file, `export { y } from '${target}';\n`)).toEqual([]);
  });

  it.each([
    ['src/model/x.ts', 'seedrandom/lib/alea.js', 'comes in through src/engine/random-streams.ts'],
    ['src/engine/random-streams.ts', 'seedrandom', 'seedrandom has no door'],
    ['src/scenario/hash.ts', 'yaml', 'yaml comes in through src/scenario/yaml/ only'],
    ['src/report/x.ts', 'zod', 'zod comes in through src/scenario/ only'],
    ['src/cli/run.ts', 'lodash', 'lodash has no door'],
    ['src/cli/run.ts', 'fs', 'fs has no door'],
    ['src/model/x.ts', 'node:fs', "Node's own modules are for executor, postgres, cli"],
    ['src/index.ts', 'node:fs', "Node's own modules are for executor, postgres, cli"],
  ])('%s may not import %s', async (file, target, message) => {
    expect(await faults(file, `export { y } from '${target}';\n`)).toEqual([
      expect.stringContaining(message),
    ]);
  });
});

describe('below the edge', () => {
  it.each([
    ['the wall clock', 'export const x = Date.now();', 'no-restricted-globals'],
    ['a global object', 'export const x = globalThis.performance;', 'no-restricted-globals'],
    ['a timer', 'setTimeout(() => undefined, 1);', 'no-restricted-globals'],
    ['the process', 'export const x = process.argv;', 'no-restricted-globals'],
    ['unseeded chance', 'export const x = Math.random();', 'no-restricted-properties'],
    ['a logarithm of its own', 'export const x = Math.log(2);', 'no-restricted-properties'],
    ['a power', 'export const x = Math.pow(2, 3);', 'no-restricted-properties'],
    ['a power of variables', 'export const x = (y: number) => y ** 2;', 'no-restricted-syntax'],
    [
      'a power of two that varies',
      'export const x = (y: number) => 2 ** y;',
      'no-restricted-syntax',
    ],
    ['a power of ten', 'export const x = 10 ** -3;', 'no-restricted-syntax'],
    ['the console', "console.log('x');", 'no-console'],
    ['a default export', 'export default 1;', 'no-restricted-syntax'],
  ])('the model is refused %s', async (_, text, rule) => {
    const found = await faults('src/model/x.ts', `${text}\n`);
    expect(found.map((fault) => fault.split(':')[0])).toContain(rule);
  });

  it('the model takes square roots and constant powers of two, which are exact', async () => {
    const text = 'export const x = Math.sqrt(2 ** 53) * 2 ** -32;\n';
    expect(await faults('src/model/x.ts', text)).toEqual([]);
  });

  it.each([
    ['src/engine/math.ts', 'Math.log(2)'],
    ['src/stats/x.ts', 'Math.log(2)'],
    ['src/theory/x.ts', 'Math.exp(2)'],
    ['src/cli/x.ts', 'Date.now()'],
    ['src/cli/x.ts', 'process.argv'],
  ])('%s may use %s', async (file, expression) => {
    expect(await faults(file, `export const x = ${expression};\n`)).toEqual([]);
  });

  it.each([
    ['src/engine/math.ts', 'Math.pow(2, 3)'],
    ['src/engine/math.ts', 'Math.sin(2)'],
    ['src/engine/math.ts', 'Math.random()'],
    ['src/theory/x.ts', 'Math.log10(2)'],
    ['src/cli/x.ts', 'Math.random()'],
    ['test/x.ts', 'Math.random()'],
  ])('%s may not use %s', async (file, expression) => {
    expect(await faults(file, `export const x = ${expression};\n`)).toEqual([
      expect.stringContaining('no-restricted-properties'),
    ]);
  });
});

describe('the layer table', () => {
  it('has no two rooms that may import each other, not even by way of others', () => {
    const reaches = (from: string, to: string): boolean =>
      (mayImport[from] ?? []).some((name) => {
        const room = name.split('/')[0] ?? name;
        return room === to || reaches(room, to);
      });
    expect(Object.keys(mayImport).filter((room) => reaches(room, room))).toEqual([]);
  });

  it('knows every room that stands in src', () => {
    const rooms = readdirSync(`${root}src`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(rooms.filter((room) => mayImport[room] === undefined)).toEqual([]);
  });

  it('puts every door where its own package may come in', () => {
    for (const [name, door] of Object.entries(doors)) {
      const file = door.endsWith('/') ? `${door}x.ts` : door;
      expect(importFault(file, name), name).toBeUndefined();
    }
  });
});
