import { describe, expect, it } from 'vitest';
import { check, loadScenario, simulate } from '../../src/node.ts';
import { folder, quiet, tidemark } from '../cli/tidemark.ts';

describe('the document', () => {
  it('of a run is what the command prints, without verdict and advice', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const { stdout } = await tidemark(['run', 'quiet.yaml', '--json'], { cwd });
    const { advice, verdict, ...printed } = JSON.parse(stdout) as Record<string, unknown>;
    const result = simulate(await loadScenario(`${cwd}/quiet.yaml`));
    expect(JSON.parse(JSON.stringify(result))).toEqual(printed);
    expect(advice).toBeNull();
    expect(verdict).toHaveLength(4);
  });

  it('of a check is what the command prints', async () => {
    const cwd = folder({ 'quiet.yaml': quiet });
    const command = await tidemark(['check', 'quiet.yaml', '--json'], { cwd });
    const document = await check({ scenarios: [await loadScenario(`${cwd}/quiet.yaml`)] });
    const fromThere = JSON.stringify(document).replaceAll(`${cwd}/`, '');
    // The command has a notice besides: that there is no baseline.
    expect(JSON.parse(fromThere)).toEqual({
      ...(JSON.parse(command.stdout) as object),
      notices: [],
    });
    expect(command.exitCode).toBe(document.passed ? 0 : 1);
  });
});
