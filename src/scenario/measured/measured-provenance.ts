/** Grades of measured holds, when the holds have become something else: each follows what it is about. */
import { locate } from '../document-path.ts';
import { entry, isMap, startsWith } from '../path.ts';
import type { ScenarioDocument } from '../scenario.ts';
import type { MeasuredHold } from './measured-hold.ts';
import type { Shape } from './work-figures.ts';

/**
 * @param document with the work in place of the holds
 * @param before the document as it was written
 * @param isUnwound whether a hold has become query work
 */
export function provenanceAfter(
  document: ScenarioDocument,
  before: ScenarioDocument,
  holds: readonly MeasuredHold[],
  isUnwound: (hold: MeasuredHold) => boolean,
): ScenarioDocument {
  const provenance = entry(before, 'provenance');
  if (!isMap(provenance)) return document;
  const moved = Object.entries(provenance).map(([key, grade]): [string, unknown] => {
    const place = locate(before, key);
    const path = place.ok ? place.value : [];
    const hold = holds.find((one) => startsWith(path, [...one.path, 'hold']));
    if (hold === undefined) return [key, grade];
    const inside = path.slice(hold.path.length + 1).join('.');
    return [isUnwound(hold) ? keyOfWork(key, inside, hold.shape) : keyOfHold(key, inside), grade];
  });
  return { ...document, provenance: Object.fromEntries(moved) };
}

/** The path of what a figure of the hold has become; a statement about the hold where it is no longer there. */
function keyOfWork(key: string, inside: string, shape: Shape): string {
  const work = key.replace(/hold(?:\.\w+)?$/, 'query');
  if (inside === '') return work;
  if (inside === 'cpu') return `${work}.cpu`;
  if (shape === 'mean') return inside === 'mean' ? `${work}.exponential` : statement(key);
  return ['p50', 'p95', 'p99'].includes(inside) ? `${work}.percentiles.${inside}` : statement(key);
}

function keyOfHold(key: string, inside: string): string {
  return ['measuredAt', 'cpu', 'contention'].includes(inside) ? statement(key) : key;
}

/** With a space in it, a key is no path. */
function statement(key: string): string {
  return `${key} as measured`;
}
