/** A scenario with less and with more of each thing that was assumed. */
import type { Fact } from '../scenario/draft/fact.ts';
import { withFacts } from '../scenario/draft/with-facts.ts';
import { parseScenario } from '../scenario/parse-scenario.ts';
import { entry, formatPath, isList, isSame, startsWith, type Path } from '../scenario/path.ts';
import { parseRate } from '../scenario/rate.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { writeYaml } from '../scenario/yaml/write-yaml.ts';
import { enlarged } from './enlarged.ts';
import type { VariedInput } from './influence.ts';

/** How far an assumption may be off. */
const VARIED = 0.5;

/** What somebody decides, and nobody can measure. */
const DECIDED: readonly Path[] = [['duration'], ['objectives']];

/** What the work of a measured hold depends on: with another of these it is found anew. */
const UNWOUND: readonly Path[] = [
  ['requests'],
  ['database', 'cores'],
  ['database', 'contention'],
  ['database', 'roundTrip'],
];

/**
 * What has no amount is left out. Where an assumption also changes what a measured hold means (how much of
 * it is contention, say), that is found anew.
 */
export function variedInputs(
  text: string,
  scenario: Scenario,
  assumed: readonly Fact[],
): VariedInput[] {
  const written = writeYaml(scenario.document);
  const facts = assumed.flatMap(amountsOf);
  return facts.flatMap((fact): VariedInput[] => {
    const isUnwound = UNWOUND.some((path) => startsWith(fact.path, path));
    const [smaller = null, larger = null] = [-VARIED, VARIED].map((by) =>
      varied(isUnwound ? text : written, fact, by),
    );
    if (smaller === null && larger === null) return [];
    return [{ path: formatPath(fact.path, scenario.document), smaller, larger }];
  });
}

/** The amounts in an assumption: the cost of each pair of queries, the shape of the highest surge. */
function amountsOf(fact: Fact): Fact[] {
  const { path, value } = fact;
  if (DECIDED.some((one) => isSame(one, path))) return [];
  const kappa = entry(entry(value, 'usl'), 'kappa');
  if (kappa !== undefined) return [{ ...fact, path: [...path, 'usl', 'kappa'], value: kappa }];
  if (!isSame(path, ['traffic', 'surges']) || !isList(value)) return [fact];
  const peaks = value.map((surge) => peakOf(surge));
  const highest = peaks.indexOf(Math.max(...peaks));
  return ['rise', 'decay'].map((key) => ({
    ...fact,
    path: [...path, highest, key],
    value: entry(value[highest], key),
  }));
}

function peakOf(surge: unknown): number {
  const peak = parseRate(entry(surge, 'peak'));
  return peak.ok ? peak.value : 0;
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
