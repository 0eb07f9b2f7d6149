import { expect, test } from 'vitest';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';

/** The warnings of a scenario with a HikariCP pool and a timeline. */
function warningsOf(pool: string, timeline: readonly string[]): readonly string[] {
  const text = `
duration: 2m
traffic: { rate: 40 }
requests: { query: 10ms }
service: { pool: { profile: hikaricp, ${pool} } }
timeline:
${timeline.map((set, i) => `  - { at: ${String(i + 1)}0s, title: change, set: { ${set} } }`).join('\n')}
`;
  const parsed = parseScenario({ file: 'late.yaml', text, sets: [] });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults));
  return parsed.warnings;
}

test('what the product corrects of a change is said where the change stands', () => {
  const warnings = warningsOf('maximumPoolSize: 10', ['service.pool.maxLifetime: 10000']);
  expect(warnings).toEqual([
    'late.yaml:7:64: timeline[0].set.service.pool.maxLifetime: ' +
      'maxLifetime 10000 ms is below 30000 ms; HikariCP takes 1800000 ms',
  ]);
});

test('a change of one setting that makes the product correct another is named', () => {
  const warnings = warningsOf('minimumIdle: 5', ['service.pool.max: 3']);
  expect(warnings).toEqual([
    'late.yaml:7:56: timeline[0].set.service.pool.max: ' +
      'minimumIdle 5 is not between 0 and maximumPoolSize; HikariCP takes 3',
  ]);
});

test('what was said at the start is not said again when something else changes', () => {
  const warnings = warningsOf('maxLifetime: 10000, idleTimeout: 15000', ['service.pool.max: 12']);
  expect(warnings.map((warning) => warning.split(' ')[0])).toEqual([
    'late.yaml:5:52:',
    'late.yaml:5:72:',
  ]);
});

test('a correction goes on to be silent until it is another one', () => {
  const warnings = warningsOf('maximumPoolSize: 10', [
    'service.pool.maxLifetime: 10000',
    'service.pool.max: 12',
    'service.pool.maxLifetime: 20000',
  ]);
  expect(warnings.map((warning) => warning.split(': ').slice(1).join(': '))).toEqual([
    'timeline[0].set.service.pool.maxLifetime: maxLifetime 10000 ms is below 30000 ms; HikariCP takes 1800000 ms',
    'timeline[2].set.service.pool.maxLifetime: maxLifetime 20000 ms is below 30000 ms; HikariCP takes 1800000 ms',
  ]);
});

test('a setting that the simulation has no use for is said to change nothing', () => {
  const [warning] = warningsOf('maximumPoolSize: 10', ['service.pool.keepaliveTime: 60000']);
  expect(warning).toContain('timeline[0].set.service.pool.keepaliveTime: changes nothing');
});
