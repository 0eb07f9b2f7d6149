/**
 * What the benches simulate: A and B of bench/scenarios, for as many customers as are wanted, and the
 * January of scenarios/. Sizes are set in the text itself, so that the command runs one simulation, as
 * it does for a user's file.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseScenario } from '../src/scenario/parse-scenario.ts';
import type { Scenario } from '../src/scenario/scenario.ts';

export const root = fileURLToPath(new URL('../', import.meta.url));

export type PlainWorkload = 'a' | 'b';
export type WorkloadName = PlainWorkload | 'january';

/** Requests per second on average. */
const RATE = { a: 450, b: 500 };

/** The scenario's text, for about so many customers. */
export function plainText(name: PlainWorkload, customers: number): string {
  const third = Math.ceil(customers / RATE[name] / 3);
  const text = readFileSync(`${root}bench/scenarios/${name}.yaml`, 'utf8');
  return text.replace(/\b(4|8|12)h\b/g, (_, hours: string) => `${(third * Number(hours)) / 4}s`);
}

/** @param sets changes, as `--set` makes them */
export function plainScenario(
  name: PlainWorkload,
  customers: number,
  sets: Readonly<Record<string, string>> = {},
): Scenario {
  return parsed(`${name}.yaml`, plainText(name, customers), sets);
}

/** January up to half an hour after the surge, or whole. */
export function januaryText(whole: boolean): string {
  const text = readFileSync(`${root}scenarios/january-2024.yaml`, 'utf8');
  if (whole) return text;
  const [before = ''] = text.split(/^timeline:/m);
  return before.replace('duration: 4h30m', 'duration: 1h').replace(/ during .*/, '');
}

export function januaryScenario(whole: boolean): Scenario {
  return parsed('january.yaml', januaryText(whole));
}

function parsed(file: string, text: string, sets: Readonly<Record<string, string>> = {}): Scenario {
  const changes = Object.entries(sets).map(([path, value]) => ({ path, text: value }));
  const reading = parseScenario({ file, text, sets: changes });
  if (reading.ok) return reading.scenario;
  throw new Error(`bug: a bench scenario is refused: ${JSON.stringify(reading.faults)}`);
}
