import { describe, expect, it } from 'vitest';
import { keptScenario, readBaseline, scenarioOf } from '../../src/scenario/baseline.ts';
import type { ReadFile } from '../../src/scenario/files.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import { poolFileExpander } from '../../src/scenario/import/pools-from.ts';

const text = (pool: string, hold: string) => `duration: 1m
traffic: { rate: 10 }
requests: { hold: ${hold} }
service: { instances: 1, pool: ${pool} }
`;

function parse(scenario: string, files: Readonly<Record<string, string>>) {
  const readFile: ReadFile = (path) =>
    path in files ? { ok: true, text: files[path] ?? '' } : { ok: false, message: `no ${path}` };
  const given = { file: 'x.yaml', text: scenario, sets: [], readFile };
  const read = parseScenario({ ...given, poolFiles: poolFileExpander });
  if (!read.ok) throw new Error(read.faults[0]?.message);
  return read.scenario;
}

const holds = (n: number) => `hold_ms\n${Array.from({ length: n }, (_, i) => i + 1).join('\n')}\n`;

describe('what is kept of a scenario', () => {
  it('is enough to have it again, with the files that it names', () => {
    const was = parse(text('{ max: 3 }', '{ empirical: { file: h.csv } }'), { 'h.csv': holds(9) });
    const now = parse(text('{ max: 4 }', '{ empirical: { file: h.csv } }'), { 'h.csv': holds(5) });
    const kept = keptScenario(was, {});
    const again = scenarioOf('x.yaml', JSON.parse(JSON.stringify(kept)) as typeof kept, now);
    if (!again.ok) throw new Error(again.message);
    expect(again.scenario.hash).toBe(was.hash);
    expect(again.scenario.system).toEqual(was.system);
  });

  it('is nothing of a configuration file but the settings of its pool', () => {
    const application = `spring.datasource.password=hunter2-secret
spring.datasource.hikari.maximum-pool-size=7
`;
    const was = parse(text('{ from: a.properties }', '5ms'), { 'a.properties': application });
    const kept = JSON.stringify(keptScenario(was, {}));
    expect(kept).not.toContain('hunter2');
    expect(kept).toContain('"maximumPoolSize":7');
  });

  it('of a large file is what tells it apart: one that was changed cannot be compared with', () => {
    const hold = '{ empirical: { file: h.csv } }';
    const was = parse(text('{ max: 3 }', hold), { 'h.csv': holds(60_000) });
    const same = parse(text('{ max: 4 }', hold), { 'h.csv': holds(60_000) });
    const other = parse(text('{ max: 4 }', hold), { 'h.csv': holds(60_001) });
    const kept = keptScenario(was, {});
    expect(JSON.stringify(kept).length).toBeLessThan(2000);
    expect(scenarioOf('x.yaml', kept, same)).toMatchObject({ ok: true });
    expect(scenarioOf('x.yaml', kept, other)).toEqual({
      ok: false,
      message:
        'x.yaml: h.csv is no longer what it was, and too large to be kept in a baseline; make it anew with --update-baseline',
    });
  });
});

describe('a baseline', () => {
  it('with a scenario that this version does not read says which, and what is wrong', () => {
    const now = parse(text('{ max: 3 }', '5ms'), {});
    const kept = keptScenario(now, {});
    const document = { ...kept.document, requests: { holdd: '5ms' } };
    const read = scenarioOf('x.yaml', { ...kept, document }, now);
    expect(read).toMatchObject({ ok: false });
    if (read.ok) return;
    expect(read.message).toContain('holds a scenario that this version does not read: x.yaml');
    expect(read.message).toContain('did you mean hold?');
  });

  it('says where it is broken', () => {
    const broken = { format: 1, tidemark: '1', scenarios: { 'a.yaml': { name: 'a' } } };
    expect(readBaseline(JSON.stringify(broken))).toMatchObject({ ok: false });
    expect(JSON.stringify(readBaseline(JSON.stringify(broken)))).toContain('scenarios.a.yaml.');
  });
});
