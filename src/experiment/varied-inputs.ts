/** A scenario with less and with more of each thing that was assumed. */
import type { Fact } from '../scenario/draft/fact.ts';
import { withFacts } from '../scenario/draft/with-facts.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { formatPath } from '../scenario/path.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { enlarged } from './enlarged.ts';
import type { VariedInput } from './influence.ts';

/** How far an assumption may be off. */
export const VARIED = 0.5;

/**
 * What has no amount, such as an objective, is left out. The text is read anew for each, because an
 * assumption may also change what was measured means: how much of a hold is contention, say.
 */
export function variedInputs(
  text: string,
  scenario: Scenario,
  assumed: readonly Fact[],
): VariedInput[] {
  return assumed.flatMap((fact): VariedInput[] => {
    const [smaller, larger] = [-VARIED, VARIED].map((by) => varied(text, fact, by));
    if (smaller === undefined || larger === undefined || (smaller ?? larger) === null) return [];
    return [{ path: formatPath(fact.path, scenario.document), smaller, larger }];
  });
}

function varied(text: string, fact: Fact, by: number): Scenario | null {
  const value = enlarged(fact.value, by);
  if (value === null) return null;
  const parsed = parseScenario({
    file: 'varied',
    text: withFacts(text, [{ ...fact, value: value.value }]),
    sets: [],
  });
  return parsed.ok ? parsed.scenario : null;
}
