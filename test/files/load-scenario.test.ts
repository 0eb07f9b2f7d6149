import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { InputError, loadScenario, simulate, type LoadOptions } from '../../src/node.ts';
import { folder, quiet } from '../cli/tidemark.ts';

async function refusal(path: string, options?: LoadOptions): Promise<InputError> {
  const error: unknown = await loadScenario(path, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error('the scenario was not refused');
  return error;
}

describe('loadScenario', () => {
  it('reads a scenario, with its file and its warnings', async () => {
    const path = join(folder({ 'quiet.yaml': quiet }), 'quiet.yaml');
    const scenario = await loadScenario(path);
    expect(scenario).toMatchObject({ name: 'quiet', seed: '7', file: path, warnings: [] });
    expect(scenario.placeOf(['service', 'pool', 'max'])).toEqual({
      place: { file: path, line: 7, column: 39 },
      key: null,
    });
    expect(simulate(scenario).requests.failed).toBe(0);
  });

  it('reads the data that a scenario names from beside it', async () => {
    const cwd = folder();
    mkdirSync(join(cwd, 'data'));
    writeFileSync(join(cwd, 'data/holds.csv'), 'hold_ms\n7\n7\n');
    const text = quiet.replace('query: 10ms', 'hold: { empirical: { file: data/holds.csv } }');
    writeFileSync(join(cwd, 'measured.yaml'), text);
    const { use } = simulate(await loadScenario(join(cwd, 'measured.yaml')));
    expect([use.meanMs, use.maxMs]).toEqual([7, 7]);
  });

  it('reads the pool from the file that a scenario names, and knows its lines', async () => {
    const pool = 'spring:\n  datasource:\n    hikari:\n      maximum-pool-size: 23\n';
    const text = quiet.replace('pool: { max: 10 }', 'pool: { from: ./application.yml }');
    const cwd = folder({ 'application.yml': pool, 'quiet.yaml': text });
    const scenario = await loadScenario(join(cwd, 'quiet.yaml'));
    expect(scenario.system.services[0]?.pool.max).toBe(23);
    expect(scenario.placeOf(['service', 'pool', 'maximumPoolSize'])).toMatchObject({
      place: { file: join(cwd, 'application.yml'), line: 4 },
      key: 'spring.datasource.hikari.maximum-pool-size',
    });
  });

  it('changes what it is told, as --set does', async () => {
    const path = join(folder({ 'quiet.yaml': quiet }), 'quiet.yaml');
    const set = {
      'service.pool.max': 3,
      'service.pool.acquireTimeout': '4s',
      'requests.query': { exponential: '2ms' },
    };
    const scenario = await loadScenario(path, { set });
    expect(scenario.system.services[0]?.pool).toMatchObject({ max: 3, acquireTimeoutNs: 4e9 });
    expect(scenario.document['requests']).toEqual({ query: { exponential: '2ms' } });
  });

  it('rejects with all faults at once, each with file, line and column', async () => {
    const text = quiet.replace('max: 10', 'maxx: 10').replace('rate: 50', 'rate: -50');
    const path = join(folder({ 'quiet.yaml': text }), 'quiet.yaml');
    const { faults, message } = await refusal(path, { set: { 'service.pool.min': undefined } });
    expect(faults.map(({ line, path: at, code }) => ({ line, at, code }))).toMatchObject([
      { line: 5, at: 'traffic.rate' },
      { line: 7, at: 'service.pool.maxx', code: 'unknown-key' },
      { line: null, at: 'service.pool.min' },
    ]);
    const lines = message.split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(`${path}:7:34: service.pool.maxx: unknown key; did you mean max?`);
    expect(lines[2]).toMatch(/^--set service\.pool\.min=null: /);
  });

  it('says which file was probably meant when there is none', async () => {
    const path = join(folder({ 'quiet.yaml': quiet }), 'quite.yaml');
    const { message, faults } = await refusal(path);
    expect(message).toBe(
      `cannot read ${path}: there is no such file or folder (ENOENT); did you mean quiet.yaml?`,
    );
    expect(faults).toMatchObject([{ file: path, line: null, code: 'unreadable', message }]);
  });

  it('says of a folder that a scenario is one file', async () => {
    const path = folder();
    expect((await refusal(path)).message).toBe(
      `cannot read ${path}: it is a folder, and a scenario is one file`,
    );
  });
});
