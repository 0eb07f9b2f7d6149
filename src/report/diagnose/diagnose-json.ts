/** A diagnosis for programs. */
import type { Diagnosis } from '../../experiment/diagnose/diagnosis.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import { documentHead } from '../document-head.ts';
import { hypothesesDocument } from '../triage/triage-json.ts';

/** The document of `tidemark diagnose --json`. */
export function diagnosisDocument(diagnosis: Diagnosis, scenario: Scenario): object {
  const { hypotheses, evidence } = diagnosis;
  const answer = Object.entries(diagnosis).filter(([key]) => key !== 'run');
  return {
    ...documentHead('diagnose', scenario),
    ...Object.fromEntries(answer),
    hypotheses: hypothesesDocument({ hypotheses, evidence }),
  };
}
