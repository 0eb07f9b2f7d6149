// `tidemark diagnose`: where requests wait in a stretch of a scenario's run, and what would help.

import { diagnose } from '../../experiment/diagnose/diagnose.ts';
import { renderDiagnosis } from '../../report/diagnose/diagnose-report.ts';
import { diagnosisDocument } from '../../report/diagnose/diagnose-json.ts';
import type { ExitCode } from '../exit-codes.ts';
import { UserFault } from '../faults.ts';
import { carryOut } from '../question/carry-out.ts';
import type { RawQuestionOptions } from '../question/options.ts';
import { readSubject } from '../question/read.ts';
import type { Session } from '../session.ts';
import { checkMoments, stretchWithin } from './stretch-options.ts';

export interface RawDiagnoseOptions extends RawQuestionOptions {
  readonly from?: string;
  readonly to?: string;
  readonly full?: true;
}

export async function askDiagnose(
  session: Session,
  argument: string,
  raw: RawDiagnoseOptions,
): Promise<ExitCode> {
  const faults: string[] = [];
  const moments = checkMoments(raw, faults);
  const subject = await readSubject(argument, raw, session.signal, faults);
  const { scenario } = subject;
  const stretch = stretchWithin(scenario, moments, faults);
  if (faults.length > 0) throw new UserFault(faults);
  const full = raw.full === true;
  return carryOut(session, {
    ...subject,
    name: 'diagnose',
    question: diagnose(scenario, stretch),
    requests: Infinity,
    text: (diagnosis, style) => renderDiagnosis({ diagnosis, scenario, full, style }),
    document: (diagnosis) => diagnosisDocument(diagnosis, scenario),
  });
}
