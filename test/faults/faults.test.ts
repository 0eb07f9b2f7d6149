// The list of planted faults stays alive: it follows the source, and each named test is there. Whether
// every fault is caught takes minutes, and is asked at night (or by `npm run test:faults`).

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { planted, root } from './checkout-copy.ts';
import type { NamedTest } from './planted-fault.ts';
import { plantedFaults } from './planted-faults.ts';

const nightly = process.env['TIDEMARK_NIGHTLY'] === '1';

/** How often a test of this title is written in its file. */
function timesWritten({ file, title }: NamedTest): number {
  const path = join(root, file);
  if (!existsSync(path)) return 0;
  // An `it.each(…)` ends in a parenthesis before that of the title.
  const source = readFileSync(path, 'utf8').replaceAll(/(\bit|\))\(\s*/g, 'it(');
  return ["'", '"', '`'].reduce(
    (times, quote) => times + source.split(`it(${quote}${title}${quote},`).length - 1,
    0,
  );
}

describe('the planted faults', () => {
  it('each change a text that stands in its file exactly once', () => {
    for (const fault of plantedFaults) {
      const source = readFileSync(join(root, fault.file), 'utf8');
      expect(planted(source, fault), fault.name).not.toBe(source);
    }
  });

  it('each name a test that is written in its file exactly once', () => {
    const tests = plantedFaults.map(({ caughtBy }) => caughtBy);
    expect(tests.filter((test) => timesWritten(test) !== 1)).toEqual([]);
  });

  it('have names that differ', () => {
    const names = plantedFaults.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are refused with their name when their text is not found', () => {
    const fault = { ...plantedFaults[0], name: 'a fault', from: 'x', to: 'y' } as const;
    const sources = ['', 'x and x'].map((source) => () => planted(source, fault as never));
    expect(sources[0]).toThrow('a fault: the text to change stands 0 times in');
    expect(sources[1]).toThrow('stands 2 times in');
  });

  it.runIf(nightly)('are all caught by the tests that are named for them', () => {
    const run = spawnSync(process.execPath, ['--import', 'tsx', 'test/faults/run.ts'], {
      cwd: root,
      encoding: 'utf8',
    });
    const missed = run.stdout.split('\n').filter((line) => line.startsWith('MISSED'));
    expect([...missed, run.stderr]).toEqual(['']);
    expect(run.status).toBe(0);
  });
});
