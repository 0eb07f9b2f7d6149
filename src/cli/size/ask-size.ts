// `tidemark size`: what a scenario's pool should be set to.

import { sizeOf } from '../../experiment/size/size.ts';
import { type SizeTarget, sizeTarget } from '../../experiment/size/target.ts';
import { documentHead } from '../../report/document-head.ts';
import { renderSize } from '../../report/size/size-report.ts';
import { didYouMean } from '../../scenario/near-miss.ts';
import type { Scenario } from '../../scenario/scenario.ts';
import type { ExitCode } from '../exit-codes.ts';
import { UserFault } from '../faults.ts';
import { carryOut } from '../question/carry-out.ts';
import type { RawQuestionOptions } from '../question/options.ts';
import { readSubject } from '../question/read.ts';
import { applyTimelineRule } from '../question/timeline-rule.ts';
import type { Session } from '../session.ts';

export interface RawSizeOptions extends RawQuestionOptions {
  readonly withTimeline?: true;
  readonly service?: string;
}

export async function askSize(
  session: Session,
  argument: string,
  raw: RawSizeOptions,
): Promise<ExitCode> {
  const subject = await readSubject(argument, raw, session.signal);
  const keepsTimeline = raw.withTimeline === true;
  const { scenario, leftOut, warnings } = applyTimelineRule(subject.scenario, keepsTimeline);
  const targets = targetsOf(scenario, raw.service);
  return carryOut(session, {
    ...subject,
    name: 'size',
    scenario,
    warnings: [...subject.warnings, ...warnings],
    question: sizeOf(scenario, targets),
    requests: Infinity,
    text: (size, style) => renderSize({ size, scenario, argument, style }),
    document: (size) => ({ ...documentHead('size', scenario), leftOut, ...size }),
  });
}

/** The pools that are meant; all that is wrong at once. */
function targetsOf(scenario: Scenario, wanted: string | undefined): SizeTarget[] {
  const faults: string[] = [];
  const { services } = scenario.system;
  if (scenario.objectives.length === 0) {
    const example = '--set "objectives=[response p99 < 1s, errors < 1%]"';
    faults.push(`${scenario.name} has no objectives: say what must hold, for example ${example}`);
  }
  const names = services.map(({ name }) => name);
  if (wanted !== undefined && !names.includes(wanted)) {
    const near = didYouMean(wanted, names);
    const hint = near === '' ? `; there are ${names.join(', ')}` : near;
    faults.push(`--service ${wanted}: there is no such service${hint}`);
  }
  const meant = names.flatMap((name, i) => (wanted === undefined || wanted === name ? [i] : []));
  const targets = meant.map((i) => sizeTarget(scenario, i)).filter((target) => target !== null);
  if (meant.length > 0 && targets.length === 0) {
    const profiles = meant.map((i) => services[i]?.pool.profile ?? '');
    faults.push(`${[...new Set(profiles)].join(', ')} has no setting for the size of its pool`);
  }
  if (faults.length > 0) throw new UserFault(faults);
  return targets;
}
