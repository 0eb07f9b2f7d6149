// docs/POOLS.md is held to the switches and the profiles that there are.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { GENERIC_POLICY } from '../../src/model/pool/policy.ts';
import { PROFILES } from '../../src/scenario/profiles.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');
const lines = read('../../docs/POOLS.md').split('\n');
const rows = lines.filter((line) => line.startsWith('|')).map((line) => line.split(/ *\| */));

describe('docs/POOLS.md', () => {
  it('explains every switch of a pool once', () => {
    const named = rows
      .filter((cells) => /^A\d/.test(cells[1] ?? ''))
      .flatMap((cells) => [...(cells[2] ?? '').matchAll(/`(\w+)`/g)].map((match) => match[1]));
    expect([...named].sort()).toEqual(Object.keys(GENERIC_POLICY).sort());
  });

  it('gives the words that a switch may be', () => {
    const types = read('../../src/model/pool/policy.ts').matchAll(/readonly (\w+): ('.*');/g);
    for (const [, name, union] of types) {
      const words = [...(union ?? '').matchAll(/'([\w-]+)'/g)].map((match) => match[1] ?? '');
      const row = rows.find((cells) => cells[2]?.includes(`\`${name ?? ''}\``));
      const said = [...(row?.[3] ?? '').matchAll(/`([\w-]+)`/g)].map((match) => match[1]);
      expect(said, name).toEqual(words);
    }
  });

  it('lists every profile with its version, what is assumed and how much is left out', () => {
    for (const { id, product, version, undocumented, leftOut } of PROFILES) {
      const [row, ...others] = rows.filter((cells) => cells[1] === `\`${id}\``);
      expect(others).toEqual([]);
      expect(row?.[2], id).toContain(product);
      expect(row?.[3], id).toBe(version);
      const axes = undocumented.map(({ axis }) => `\`${axis}\``).join(', ');
      expect(row?.[4], id).toBe(axes === '' ? '–' : axes);
      expect(row?.[5], id).toBe(String(leftOut.length));
    }
  });
});
