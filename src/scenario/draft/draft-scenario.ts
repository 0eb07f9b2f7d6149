/** Facts → a whole scenario: what no fact says is assumed, and marked so. */
import { withValue } from '../document-path.ts';
import { formatPath, isMap, startsWith, valueAt } from '../path.ts';
import type { ScenarioDocument } from '../scenario.ts';
import type { Fact } from './fact.ts';

interface Draft {
  readonly document: ScenarioDocument;
  /** Those of the assumptions that were made. */
  readonly assumed: readonly Fact[];
}

/** In the order in which a scenario is read. */
const ORDER = [
  ...['format', 'name', 'title', 'start', 'duration'],
  ...['traffic', 'requests', 'service', 'database', 'objectives', 'provenance'],
];
const SERVICE_ORDER = ['instances', 'concurrency', 'pool'];

/**
 * A scenario of these facts. An assumption stands where no fact says anything at its path or below it. How one
 * knows each of them stands in `provenance`.
 */
export function draftScenario(
  head: Readonly<Record<string, unknown>>,
  facts: readonly Fact[],
  assumptions: readonly Fact[],
): Draft {
  const assumed = assumptionsMade(facts, assumptions);
  const known = [...facts, ...assumed];
  let document: unknown = { format: 1, ...head };
  for (const { path, value } of known) document = withValue(document, path, value);
  const provenance = known.map(
    ({ path, grade, note }) =>
      [formatPath(path, document).replaceAll(' ', ''), { grade, note }] as const,
  );
  const whole = { ...(document as ScenarioDocument), provenance: Object.fromEntries(provenance) };
  return { document: inOrder(whole, ORDER), assumed };
}

/** Those about which no fact says anything. */
export function assumptionsMade(facts: readonly Fact[], assumptions: readonly Fact[]): Fact[] {
  return assumptions.filter((one) => !facts.some((fact) => meets(fact, one)));
}

/** Whether a fact leaves no place for an assumption: it is below it, or says something at its path. */
function meets({ path, value }: Fact, assumption: Fact): boolean {
  if (startsWith(path, assumption.path)) return true;
  if (!startsWith(assumption.path, path)) return false;
  const rest = assumption.path.slice(path.length);
  return !isMap(value) || valueAt(value, rest) !== undefined;
}

function inOrder(document: ScenarioDocument, order: readonly string[]): ScenarioDocument {
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  const entries = Object.entries(document).sort(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      return [key, key === 'service' && isMap(value) ? inOrder(value, SERVICE_ORDER) : value];
    }),
  );
}
