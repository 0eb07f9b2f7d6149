import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { verdict } from '../../src/report/verdict.ts';
import { january, januaryAdvice } from './january.ts';

describe('the document of --json', () => {
  it('is the result in its own order, with the verdict and the advice', () => {
    const [result, advice] = [january(), januaryAdvice()];
    const document = JSON.parse(renderJson(result, advice)) as Record<string, unknown>;
    expect(document).toEqual({ ...result, verdict: verdict(result, advice), advice });
    expect(Object.keys(document)).toEqual([...Object.keys(result), 'verdict', 'advice']);
    expect(JSON.parse(renderJson(result, null))).toMatchObject({ advice: null });
  });

  it('gives each column of the series one line and is indented elsewhere', () => {
    const lines = renderJson(january(), januaryAdvice()).split('\n');
    expect(lines.length).toBeLessThan(1000);
    expect(lines.find((line) => line.startsWith('    "poolMax": '))).toMatch(
      /: \[60, 60, .*60\],$/,
    );
    expect(lines.slice(0, 3)).toEqual(['{', '  "format": 1,', '  "scenario": {']);
    expect(lines.slice(-2)).toEqual(['}', '']);
  });

  it('appends what else belongs to the run', () => {
    const more = { changes: { 'service.pool.max': '20' }, before: january() };
    expect(JSON.parse(renderJson(january(), null, more))).toMatchObject(more);
    const lines = renderJson(january(), null, more).split('\n');
    expect(lines.filter((line) => line.length > 10_000 && !line.includes('": ['))).toEqual([]);
  });

  it('refuses a number that is none, and what JSON does not know, naming the place', () => {
    const { pool, series } = january();
    expect(() => renderJson(january({ pool: { ...pool, utilisation: Number.NaN } }), null)).toThrow(
      /^bug: NaN at pool\.utilisation of a result$/,
    );
    const poolUsed = [1, Infinity];
    expect(() => renderJson(january({ series: { ...series, poolUsed } }), null)).toThrow(
      /^bug: Infinity at series\.poolUsed\[1\] of a result$/,
    );
    expect(() => renderJson(january(), null, { before: undefined })).toThrow(
      /^bug: undefined at before of a result$/,
    );
  });
});
