/** The value that a scenario's file has at a path. */
import { locate } from './document-path.ts';
import { valueAt } from './path.ts';
import type { Scenario } from './scenario.ts';

/** The value as written (`service.pool.max` → 10); undefined when the file has none there. */
export function valueOf(scenario: Scenario, path: string): unknown {
  const place = locate(scenario.document, path);
  return place.ok ? valueAt(scenario.document, place.value) : undefined;
}
