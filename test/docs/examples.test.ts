// The documentation is held to what the product does: its scenarios are read, the keys that it lists
// are those of the schema, and what it points to is there.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { formatFault } from '../../src/scenario/fault.ts';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { isList, isMap } from '../../src/scenario/path.ts';
import { genericPool } from '../../src/scenario/pool-schema.ts';
import { PROFILES } from '../../src/scenario/profiles.ts';

const root = new URL('../../', import.meta.url);
const pages = [
  '../README.md',
  '../CONTRIBUTING.md',
  ...readdirSync(new URL('docs/', root), { recursive: true, encoding: 'utf8' })
    .map((page) => page.replaceAll('\\', '/'))
    .filter((page) => page.endsWith('.md'))
    .sort(),
];

function textOf(page: string): string {
  return readFileSync(new URL(`docs/${page}`, root), 'utf8');
}

/** YAML blocks that begin with this line; their first line in the page, for messages. */
function examples(firstLine: string): [place: string, text: string][] {
  return pages.flatMap((page) => {
    const text = textOf(page);
    return [...text.matchAll(/^```yaml\n(.*?)^```$/gms)]
      .map((block): [string, string] => {
        const line = text.slice(0, block.index).split('\n').length;
        return [`docs/${page}:${line}`, block[1] ?? ''];
      })
      .filter(([, example]) => example.startsWith(`${firstLine}\n`));
  });
}

/** A small scenario, key by key, around the parts that examples show. */
const usual: Readonly<Record<string, string>> = {
  duration: '3m',
  traffic: '{ rate: 50 }',
  requests: '{ query: { exponential: 10ms } }',
  service: '{ instances: 2, pool: { max: 5 } }',
};

/** What an example leaves out. */
function completed(part: string): string {
  const missing = Object.entries(usual).filter(([key]) => !new RegExp(`^${key}:`, 'm').test(part));
  return [...missing.map(([key, value]) => `${key}: ${value}\n`), part].join('');
}

/** Files that are no scenarios, and whose own tests say what is right in them. */
const otherFiles = [
  'tidemark.config.yaml',
  '.gitlab-ci.yml',
  'steps of a job in .github/workflows',
  'one step more',
];

function isMapOrList(value: unknown): boolean {
  return isMap(value) || isList(value);
}

function faultsOf(text: string): string[] {
  const reading = parseScenario({ file: 'example', text, sets: [] });
  return reading.ok ? [] : reading.faults.map(formatFault);
}

/** Every key that the schema of scenario files knows, wherever it stands. */
function keysOf(schema: unknown): string[] {
  if (isList(schema)) return schema.flatMap(keysOf);
  if (!isMap(schema)) return [];
  const properties = isMap(schema['properties']) ? schema['properties'] : {};
  return [...Object.keys(properties), ...Object.values(schema).flatMap(keysOf)];
}

describe('the examples of the documentation', () => {
  it.each(examples('# a whole scenario'))('%s is a sound scenario', (_place, text) => {
    expect(faultsOf(text)).toEqual([]);
  });

  it.each(examples('# a part of a scenario'))('%s is sound as a part', (_place, text) => {
    expect(faultsOf(completed(text))).toEqual([]);
  });

  const others = otherFiles.flatMap((file) => examples(`# ${file}`));

  it.each(others)('%s is YAML, of the file that it names', (_place, text) => {
    expect(isMapOrList(parse(text))).toBe(true);
  });

  it('are all of one of these kinds', () => {
    const blocks = pages.flatMap((page) => [...textOf(page).matchAll(/^```yaml$/gm)]);
    const kinds = ['# a whole scenario', '# a part of a scenario'].map((kind) => examples(kind));
    expect([...kinds.flat(), ...others]).toHaveLength(blocks.length);
  });
});

describe('docs/SCENARIOS.md', () => {
  it('names every key of the format', () => {
    const quoted = [...textOf('SCENARIOS.md').matchAll(/`([^`\n]+)`/g)].map((match) => match[1]);
    const words = new Set(quoted.flatMap((text) => (text ?? '').split(/[^\w]+/)));
    // The settings of real pools are listed by `tidemark profiles`.
    const products = PROFILES.flatMap(({ settings }) =>
      settings.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
    );
    const ours = keysOf(z.toJSONSchema(genericPool, { io: 'input' }));
    const all = keysOf(scenarioJsonSchema()).filter((key) => !products.includes(key));
    const keys = [...new Set([...all, ...ours])];
    expect(keys.length).toBeGreaterThan(50);
    expect(keys.filter((key) => !words.has(key))).toEqual([]);
  });
});

describe.each(pages)('docs/%s', (page) => {
  const text = textOf(page);

  it('names no file that is not there', () => {
    const named = [...text.matchAll(/(?<![\w/-])(?:src|test|scenarios)\/[\w./-]*\w/g)].map(
      (match) => match[0],
    );
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });

  it('links to nothing that is not there', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)].map((match) => match[1] ?? '');
    const here = new URL(`docs/${page}`, root);
    expect(links.filter((link) => !existsSync(new URL(link, here)))).toEqual([]);
  });
});
