/** A diagnosis for programs. */
import type { Diagnosis } from '../../experiment/diagnose/diagnosis.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { hypothesesDocument } from '../triage/triage-json.ts';

/** The document of `tidemark diagnose --json`. */
export function diagnosisDocument(diagnosis: Diagnosis, scenario: Scenario): object {
  const { name, title, hash, seed } = scenario;
  const { run: _, hypotheses, evidence, ...answer } = diagnosis;
  return {
    format: 1,
    command: 'diagnose',
    scenario: { name, title, hash },
    seed,
    ...answer,
    evidence,
    hypotheses: hypothesesDocument({ hypotheses, evidence }),
  };
}
