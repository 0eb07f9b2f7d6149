/** Tells scenarios from the other YAML and JSON files that lie beside them. */
import { isMap } from './path.ts';
import { readYaml } from './yaml/yaml-source.ts';

const SCENARIO_KEYS = [
  ...['duration', 'traffic', 'requests', 'service', 'services'],
  ...['database', 'objectives', 'timeline'],
];

/** Two keys of a scenario at its top make one; also in a text with a mistake in its YAML. */
export function looksLikeScenario(text: string): boolean {
  const read = readYaml(text);
  const keys = read.ok ? keysOf(read.source.value) : keysAtLines(text);
  return SCENARIO_KEYS.filter((key) => keys.includes(key)).length >= 2;
}

function keysOf(value: unknown): string[] {
  return isMap(value) ? Object.keys(value) : [];
}

function keysAtLines(text: string): string[] {
  return [...text.matchAll(/^ {0,2}["']?([a-z]+)["']?\s*:/gm)].map(([, key = '']) => key);
}
