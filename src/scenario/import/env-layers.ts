/** Environment files → what placeholders stand for. */
import type { Fault } from '../fault.ts';
import { refuseText } from '../yaml/yaml-source.ts';
import { readEnvFile } from './syntax/env-file.ts';
import type { VariableLayer } from './variables.ts';

interface EnvLayers {
  readonly layers: readonly VariableLayer[];
  readonly faults: readonly Fault[];
}

/** One layer for each file, in their order. */
export function envLayers(files: readonly { file: string; text: string }[]): EnvLayers {
  const layers: VariableLayer[] = [];
  const faults: Fault[] = [];
  for (const { file, text } of files) {
    const unreadable = refuseText(text, 'an environment file');
    const read =
      unreadable === null ? readEnvFile(text) : { ok: false as const, faults: [unreadable] };
    if (read.ok) {
      const values = read.items.map(({ path, value }) => [path[0] ?? '', String(value)] as const);
      const places = read.items.map(
        ({ path, line, column }) => [path[0] ?? '', { file, line, column }] as const,
      );
      layers.push({ from: file, values: new Map(values), places: new Map(places) });
    } else faults.push(...read.faults.map((fault): Fault => ({ file, path: '', ...fault })));
  }
  return { layers, faults };
}
