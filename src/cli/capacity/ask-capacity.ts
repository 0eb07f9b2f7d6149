// `tidemark capacity`: how much a scenario's pool can take.

import { capacityOf, capacityRequests } from '../../experiment/capacity/capacity.ts';
import { renderCapacity } from '../../report/capacity/capacity-report.ts';
import { documentHead } from '../../report/document-head.ts';
import type { ExitCode } from '../exit-codes.ts';
import { carryOut } from '../question/carry-out.ts';
import type { RawQuestionOptions } from '../question/options.ts';
import { readSubject } from '../question/read.ts';
import { applyTimelineRule } from '../question/timeline-rule.ts';
import type { Session } from '../session.ts';

export interface RawCapacityOptions extends RawQuestionOptions {
  readonly withTimeline?: true;
}

export async function askCapacity(
  session: Session,
  argument: string,
  raw: RawCapacityOptions,
): Promise<ExitCode> {
  const subject = await readSubject(argument, raw, session.signal);
  const { scenario, leftOut, warnings } = applyTimelineRule(
    subject.scenario,
    raw.withTimeline === true,
  );
  return carryOut(session, {
    ...subject,
    name: 'capacity',
    scenario,
    warnings: [...subject.warnings, ...warnings],
    question: capacityOf(scenario),
    requests: capacityRequests(scenario),
    text: (capacity, style) => renderCapacity({ capacity, title: scenario.title, style }),
    document: (capacity) => ({ ...documentHead('capacity', scenario), leftOut, ...capacity }),
  });
}
