// `tidemark triage`: no scenario, no simulation.

import { triage } from '../../experiment/diagnose/triage.ts';
import { renderDocument } from '../../report/document.ts';
import { triageDocument } from '../../report/triage/triage-json.ts';
import { renderTriage } from '../../report/triage/triage-report.ts';
import { coloursFor } from '../colour.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { Session } from '../session.ts';
import { type RawTriageOptions, readEvidence } from './options.ts';

export function answerTriage({ out, env }: Session, raw: RawTriageOptions): ExitCode {
  const answer = triage(readEvidence(raw));
  const { color } = raw;
  const text = () => renderTriage(answer, coloursFor({ isTerminal: out.isTerminal, color, env }));
  out.write(raw.json === true ? renderDocument(triageDocument(answer)) : text());
  return exitCodes.fine;
}
