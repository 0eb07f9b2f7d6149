// Short ways to read scenario text in tests.
import { formatFault, type Fault } from '../../src/scenario/fault.ts';
import type { ReadFile } from '../../src/scenario/files.ts';
import { parseScenario } from '../../src/scenario/parse-scenario.ts';
import type { Scenario } from '../../src/scenario/scenario.ts';

/** The smallest scenario: every other setting has its default. */
export const minimal = `duration: 1m
traffic: { rate: 100 }
requests: { query: 5ms }
service: {}
`;

/** `path=value` as on the command line. */
function setsOf(sets: readonly string[]): { path: string; text: string }[] {
  return sets.map((set) => {
    const at = set.indexOf('=');
    return { path: set.slice(0, at), text: set.slice(at + 1) };
  });
}

/** A reader of files that holds these texts, by path. */
function filesOf(texts: Readonly<Record<string, string>>): ReadFile {
  return (path) => {
    const text = texts[path];
    if (text === undefined) return { ok: false, message: `cannot read ${path}: it is not there` };
    return { ok: true, text };
  };
}

/** The scenario of a text without faults, which names files. */
export function scenarioWith(
  texts: Readonly<Record<string, string>>,
  text: string,
  ...sets: string[]
): Scenario {
  const readFile = filesOf(texts);
  const reading = parseScenario({ file: 'x.yaml', text, sets: setsOf(sets), readFile });
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading.scenario;
}

/** The faults of a text that names files, as people see them, without the name of the file. */
export function faultsWith(
  texts: Readonly<Record<string, string>>,
  text: string,
  ...sets: string[]
): string[] {
  const readFile = filesOf(texts);
  const reading = parseScenario({ file: 'x.yaml', text, sets: setsOf(sets), readFile });
  const faults = reading.ok ? [] : reading.faults;
  return faults.map((fault) => formatFault(fault).replace(/^x\.yaml:/, ''));
}

/** The scenario of a text without faults. */
export function scenarioOf(text: string, ...sets: string[]): Scenario {
  const reading = parseScenario({ file: 'x.yaml', text, sets: setsOf(sets) });
  if (!reading.ok) throw new Error(reading.faults.map(formatFault).join('\n'));
  return reading.scenario;
}

/** The faults of a text; none when it has none. */
export function rawFaultsOf(text: string, ...sets: string[]): readonly Fault[] {
  const reading = parseScenario({ file: 'x.yaml', text, sets: setsOf(sets) });
  return reading.ok ? [] : reading.faults;
}

/** The faults of a text as people see them, without the name of the file. */
export function faultsOf(text: string, ...sets: string[]): string[] {
  return rawFaultsOf(text, ...sets).map((fault) => formatFault(fault).replace(/^x\.yaml:/, ''));
}

/** The only service of a text without faults. */
export function serviceOf(text: string, ...sets: string[]) {
  const [service] = scenarioOf(text, ...sets).system.services;
  if (service === undefined) throw new Error('no service');
  return service;
}

/** A copy of `text` in which one passage is another; the passage must be there. */
export function withPassage(text: string, passage: string, replacement: string): string {
  if (!text.includes(passage)) throw new Error(`not in the text: ${passage}`);
  return text.replace(passage, replacement);
}

/** A case of a table: a text and its faults, named for what the faults say. */
export function said(row: readonly (string | readonly string[])[]) {
  const [text = '', ...faults] = row.flat();
  return [
    faults.map((fault) => fault.replace(/^\d+:\d+: /, '')).join(' | '),
    { text, faults },
  ] as const;
}
