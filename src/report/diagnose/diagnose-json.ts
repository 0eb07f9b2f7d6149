/** A diagnosis for programs. */
import type { Diagnosis } from '../../experiment/diagnose/diagnosis.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { hypothesesDocument } from '../triage/triage-json.ts';

/** The document of `tidemark diagnose --json`. */
export function diagnosisDocument(diagnosis: Diagnosis, scenario: Scenario): object {
  const { name, title, hash, seed } = scenario;
  const { hypotheses, evidence } = diagnosis;
  const answer = Object.entries(diagnosis).filter(([key]) => key !== 'run');
  return {
    format: 1,
    command: 'diagnose',
    scenario: { name, title, hash },
    seed,
    ...Object.fromEntries(answer),
    hypotheses: hypothesesDocument({ hypotheses, evidence }),
  };
}
