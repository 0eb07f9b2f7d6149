import { describe, expect, it } from 'vitest';
import { formatFault } from '../../src/scenario/fault.ts';
import { settingsAt } from '../../src/scenario/settings-at.ts';
import { faultsOf, faultsWith, minimal, scenarioOf, scenarioWith, withPassage } from './reading.ts';

const withQuery = (law: string): string => withPassage(minimal, 'query: 5ms', `query: { ${law} }`);

/** Mistakes in the parameters of a distribution, and what is said of them below `requests.query`. */
const cases: readonly (readonly [law: string, fault: string])[] = [
  [
    'erlang: { mean: 5ms, stages: 0 }',
    'erlang.stages: 0 is out of range; a whole number from 1 to 1000 is needed',
  ],
  [
    'erlang: { mean: 5ms, stages: 2.5 }',
    'erlang.stages: 2.5 is not whole; a whole number from 1 to 1000 is needed',
  ],
  ['erlang: { mean: 5ms, k: 2 }', 'erlang.k: unknown key; did you mean stages?'],
  ['erlang: { mean: 5ms }', 'erlang.stages: is missing'],
  ['erlang: 5ms', 'erlang: 5ms stands where a map is needed with the keys mean, stages'],
  ['gamma: { mean: 5ms, shape: 2 }', 'gamma.shape: unknown key; did you mean cv? It is 1 ÷ √shape'],
  [
    'gamma: { mean: 5ms, scv: 2 }',
    'gamma.scv: unknown key; did you mean cv? It is the square root of scv',
  ],
  ['gamma: { mean: 5ms, sd: 2ms }', 'gamma.sd: unknown key; did you mean cv?'],
  [
    'gamma: { mean: 5ms, cv: 101 }',
    'gamma.cv: 101 is out of range; a number from 0 to 100 is needed',
  ],
  [
    'hyperexponential: { mean: 5ms, cv: 0.5 }',
    'hyperexponential.cv: 0.5 is out of range; a number from 1 to 100 is needed',
  ],
  [
    'hyperexponential: 5ms',
    'hyperexponential: 5ms stands where a map is needed with the keys mean, cv',
  ],
  ['hyperexponential: []', 'hyperexponential: has no branches; at least one is needed'],
  [
    'hyperexponential: [{ share: 50%, mean: 1ms }, { share: 40%, mean: 2ms }]',
    'hyperexponential: the shares add up to 90%; 100% is needed',
  ],
  [
    'hyperexponential: [{ share: 100%, mean: 1ms }, { share: 0%, mean: 2ms }]',
    'hyperexponential[1].share: 0% is too small; more is needed',
  ],
  [
    'hyperexponential: [{ probability: 100%, mean: 1ms }]',
    'hyperexponential[0].probability: unknown key; did you mean share?',
  ],
  [
    'pareto: { mean: 5ms, shape: 1 }',
    'pareto.shape: 1 is out of range; a number above 1 and up to 1000 is needed',
  ],
  ['pareto: { mean: 5ms, alpha: 2 }', 'pareto.alpha: unknown key; did you mean shape?'],
  [
    'pareto: { low: 5ms, shape: 2 }',
    'pareto.low: unknown key; did you mean mean? It is low · shape ÷ (shape − 1)',
  ],
  ['paretto: { mean: 5ms, shape: 2 }', 'paretto: unknown key; did you mean pareto?'],
  [
    'percentiles: { p50: 5ms, p95: 4ms, p99: 9ms }',
    'percentiles.p95: is shorter than p50; it must be at least as long',
  ],
  [
    'percentiles: { p50: 5ms, p95: 9ms, p99: 8ms }',
    'percentiles.p99: is shorter than p95; it must be at least as long',
  ],
  [
    'percentiles: { p50: 1ns, p99: 100d }',
    'percentiles: p50 1ns and p99 100d imply a mean of more than 104 days',
  ],
  [
    'empirical: holds.csv',
    'empirical: holds.csv stands where a map is needed with the keys file, column',
  ],
  ['empirical: { file: 5 }', 'empirical.file: 5 is no name of a file'],
  ['empirical: { csv: a.csv }', 'empirical.csv: unknown key; did you mean file?'],
  ['empirical: { file: a.csv }', 'empirical.file: cannot read a.csv: no files can be read here'],
];

describe('the parameters of a distribution', () => {
  it.each(cases)('are refused: %s', (law, fault) => {
    const faults = faultsOf(withQuery(law));
    expect(faults.map((f) => f.replace(/^3:\d+: requests\.query\./, ''))).toEqual([fault]);
  });
});

describe('an empirical distribution', () => {
  const named = withQuery('empirical: { file: a.csv }');
  const ofColumn = withQuery('empirical: { file: a.csv, column: wait_ms }');

  it.each([
    ['one column', 'hold_ms\n3\n1.5\n0\n', [0, 1.5e6, 3e6]],
    ['seconds', 'hold_s\n0.002\n', [2e6]],
    ['microseconds, with a byte order mark', '\ufeffhold_us\r\n7\r\n6\r\n', [6e3, 7e3]],
    ['nanoseconds, rounded', 'x_ns\n1.4\n1e3\n', [1, 1000]],
    ['comments and empty lines', '# recorded\n\nhold_ms\n# 5\n\n4\n', [4e6]],
    ['columns of other things', 'url;hold_ms\n/a;4\n/b;2\n', [2e6, 4e6]],
    ['tabs', 'url\thold_ms\n/a\t4\n', [4e6]],
    ['quotation marks', '"url","hold_ms"\n"/a,b ""c""","4"\n', [4e6]],
  ])('has the sorted values of a table: %s', (_, table, values) => {
    const { services } = scenarioWith({ 'a.csv': table }, named).system;
    expect(services[0]?.requests[0]?.work).toEqual({
      kind: 'query',
      work: { family: 'empirical', values: Float64Array.from(values) },
      cpu: 1,
    });
  });

  it.each([
    ['', 'a.csv is empty; a header line and rows are needed'],
    ['hold_ms\n', 'a.csv has no rows'],
    ['1\n2\n', 'a.csv has no header line; one that names the columns is needed, such as hold_ms'],
    [
      'hold\n1\n',
      'a.csv has no column of durations among hold: a name ends in the unit, _s, _ms, _us or _ns',
    ],
    [
      'hold_ms,wait_ms\n1,2\n',
      'a.csv has several columns of durations: hold_ms, wait_ms; say which, column: hold_ms',
    ],
    [
      '# one\nhold_ms\n1\nabc\n2\n\nxyz\n-1\n',
      'a.csv:4: abc is no number; hold_ms holds numbers from 0 to 104 days, in ms (and 2 more rows)',
    ],
    ['hold_s\n-3\n', 'a.csv:2: -3 is out of range; hold_s holds numbers from 0 to 104 days, in s'],
    [
      'hold_s\n1e9\n',
      'a.csv:2: 1e9 is out of range; hold_s holds numbers from 0 to 104 days, in s',
    ],
    [
      'n;hold_s\n1;2,5\n2;\n',
      'a.csv:2: "2,5" is no number; hold_s holds numbers from 0 to 104 days, in s; write a decimal point (and 1 more row)',
    ],
    ['n;hold_s\n1;\n', 'a.csv:2: is empty; hold_s holds numbers from 0 to 104 days, in s'],
    ['n,hold_s\n1,2,3\n', 'a.csv:2: has 3 cells where the header has 2'],
    ['n,hold_s\n"1,2\n', 'a.csv:2: a quotation mark is not closed in its line'],
    ['hold_s\n0\n0\n', 'a.csv: all durations of hold_s are 0'],
  ])('is refused with the file and the line: %j', (table, message) => {
    expect(faultsWith({ 'a.csv': table }, named)).toEqual([
      `3:41: requests.query.empirical.file: ${message}`,
    ]);
  });

  it('takes the column that it is told, and refuses one that is not there', () => {
    const table = 'hold_ms,wait_ms,user\n1,2,a\n';
    const { services } = scenarioWith({ 'a.csv': table }, ofColumn).system;
    expect(services[0]?.requests[0]?.work).toMatchObject({
      work: { values: Float64Array.of(2e6) },
    });
    const other = withPassage(ofColumn, 'wait_ms', 'wait_m');
    expect(faultsWith({ 'a.csv': table }, other)).toEqual([
      '3:56: requests.query.empirical.column: a.csv has no column wait_m; did you mean wait_ms?',
    ]);
    const unitless = withPassage(ofColumn, 'wait_ms', 'user');
    expect(faultsWith({ 'a.csv': table }, unitless)).toEqual([
      '3:56: requests.query.empirical.column: a.csv has no column of durations among user: a name ends in the unit, _s, _ms, _us or _ns',
    ]);
  });
});

describe('a change of a distribution during the run', () => {
  const changed = (law: string, path: string, value: string): string =>
    `${withQuery(law)}timeline: [{ at: 1s, title: A, set: { ${path}: ${value} } }]\n`;

  it.each([
    ['erlang: { mean: 5ms, stages: 2 }', 'requests.query.erlang.stages', '3', { stages: 3 }],
    ['gamma: { mean: 5ms, cv: 2 }', 'requests.query.gamma', '{ mean: 1ms, cv: 1 }', { cv: 1 }],
    ['pareto: { mean: 5ms, shape: 2 }', 'requests.query.pareto.mean', '1ms', { mean: 1e6 }],
    [
      'hyperexponential: { mean: 5ms, cv: 2 }',
      'requests.query.hyperexponential',
      '[{ share: 100%, mean: 1ms }]',
      { branches: [{ probability: 1, mean: 1e6 }] },
    ],
    [
      'percentiles: { p50: 1ms, p95: 2ms, p99: 3ms }',
      'requests.query.percentiles.p99',
      '4ms',
      { p99: 4e6 },
    ],
  ])('may change its parameters: %s', (law, path, value, expected) => {
    const { timeline } = scenarioOf(changed(law, path, value));
    const work = timeline[0]?.settings?.services[0]?.requests[0]?.work;
    expect(work).toMatchObject({ work: expected });
  });

  it('may name another file, which is read with the scenario', () => {
    const text = changed(
      'empirical: { file: a.csv }',
      'requests.query.empirical.file',
      'folder/b.csv',
    );
    const files = { 'a.csv': 'x_ms\n1\n', 'folder/b.csv': 'x_ms\n2\n' };
    const scenario = scenarioWith(files, text);
    const work = scenario.timeline[0]?.settings?.services[0]?.requests[0]?.work;
    expect(work).toMatchObject({ work: { values: Float64Array.of(2e6) } });
    // A what-if checks the document again, and finds the same values.
    const again = settingsAt(scenario, 2e9, { 'service.pool.max': 3 });
    expect(again.ok && again.settings.services[0]?.requests[0]?.work).toEqual(work);
    const unknown = settingsAt(scenario, 0, { 'requests.query.empirical.file': 'c.csv' });
    expect(unknown.ok ? [] : unknown.faults.map(formatFault)).toEqual([
      'set requests.query.empirical.file=c.csv: requests.query.empirical.file: cannot read c.csv: the scenario did not name it when it was read',
    ]);
    expect(faultsWith({ 'a.csv': 'x_ms\n1\n' }, text)).toEqual([
      '5:70: timeline[0].set.requests.query.empirical.file: cannot read folder/b.csv: it is not there',
    ]);
  });

  it.each([
    ['exponential: 5ms', '{ erlang: { mean: 5ms, stages: 2 } }'],
    ['gamma: { mean: 5ms, cv: 2 }', '{ lognormal: { mean: 5ms, cv: 2 } }'],
    ['percentiles: { p50: 1ms, p99: 3ms }', '{ percentiles: { p50: 1ms, p95: 2ms, p99: 3ms } }'],
  ])('may not change its family: %s', (law, other) => {
    expect(faultsOf(changed(law, 'requests.query', other))).toEqual([
      expect.stringMatching(
        /^5:\d+: timeline\[0\]\.set\.requests\.query: .*family cannot change during a run/,
      ),
    ]);
  });
});

describe('the hash of a scenario with files', () => {
  const text = withQuery('empirical: { file: a.csv }');
  const { hash } = scenarioWith({ 'a.csv': 'x_ms\n1\n2\n' }, text);

  it('depends on what they hold', () => {
    expect(scenarioWith({ 'a.csv': 'x_ms\n1\n3\n' }, text).hash).not.toBe(hash);
  });

  it('does not depend on where they are, nor on how they are written', () => {
    const elsewhere = withPassage(text, 'a.csv', 'deep/down/b.csv');
    const other = '# the same\nurl,x_us\n/,2000\n/,1000\n';
    expect(scenarioWith({ 'deep/down/b.csv': other }, elsewhere).hash).toBe(hash);
  });
});
