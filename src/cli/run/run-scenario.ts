// `tidemark run`: check, simulate, write, print, judge.

import { join } from 'node:path';
import { expectedRequests } from '../../experiment/settings-history.ts';
import { blame } from '../blame.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import type { OutputFile } from '../files/output-file.ts';
import { fileStem } from '../files/file-stem.ts';
import { createFolder, OutputFiles } from '../files/output-files.ts';
import type { Session } from '../session.ts';
import { longRunWarning } from './long-run.ts';
import type { RawRunOptions } from './options.ts';
import { type Plan, planRun } from './plan.ts';
import { jsonReport, textReport } from './reports.ts';
import { type Outcome, simulatePlan } from './simulate.ts';

export async function runScenario(
  session: Session,
  argument: string,
  raw: RawRunOptions,
): Promise<ExitCode> {
  const plan = await planRun(argument, raw, session.signal);
  session.err.write(
    warningsOf(plan)
      .map((text) => `warning: ${text}\n`)
      .join(''),
  );
  const files = new OutputFiles();
  try {
    const outlets = openOutlets(files, plan);
    const outcome = await simulatePlan(session, plan, outlets.events);
    await deliver(session, plan, outcome, { files, outlets });
    return judge(session, plan, outcome);
  } catch (error) {
    const seed = plan.options.seed ?? plan.scenario.seed;
    throw blame(error, { ...plan, seed });
  } finally {
    files.discard();
  }
}

function warningsOf({ warnings, scenario, unchanged, options }: Plan): string[] {
  const requests = [scenario, unchanged]
    .filter((each) => each !== null)
    .reduce((sum, each) => sum + expectedRequests(each), 0);
  const { replications } = options;
  const isMost = replications.kind === 'precise';
  const runs = isMost ? replications.most : replications.count;
  const long = longRunWarning(requests * runs, { isMost });
  const idle = options.strict && scenario.objectives.length === 0;
  return [
    ...warnings,
    ...(idle ? ['--strict judges the objectives, and the scenario has none'] : []),
    ...(long === undefined ? [] : [long]),
  ];
}

interface Outlets {
  readonly events: OutputFile | undefined;
  readonly text: OutputFile | undefined;
  readonly json: OutputFile | undefined;
}

/** Opened before the work begins: nobody waits an hour to hear that the disk is read-only. */
function openOutlets(files: OutputFiles, { options, scenario }: Plan): Outlets {
  const { out, events } = options;
  if (out !== undefined) createFolder(out);
  const open = (path: string | undefined) => (path === undefined ? undefined : files.open(path));
  const stem = out === undefined ? undefined : join(out, fileStem(scenario.name));
  return {
    events: open(events?.file),
    text: open(stem && `${stem}.txt`),
    json: open(stem && `${stem}.json`),
  };
}

/** A disk that is full at the end costs the files, not the report on the screen. */
async function deliver(
  session: Session,
  plan: Plan,
  outcome: Outcome,
  { files, outlets }: { files: OutputFiles; outlets: Outlets },
): Promise<void> {
  const { out, err, env } = session;
  const json = jsonReport(plan, outcome);
  const text = (isTerminal: boolean) => textReport(plan, outcome, { isTerminal, color, env });
  const { color } = plan.options;
  out.write(plan.options.json ? json : await text(out.isTerminal));
  outlets.text?.write(await text(false));
  outlets.json?.write(json);
  files.publish();
  err.write(files.paths.map((path) => `wrote ${path}\n`).join(''));
}

function judge({ err }: Session, { options }: Plan, { result, before }: Outcome): ExitCode {
  for (const each of before === null ? [result] : [before, result]) {
    if (each.certificate.holds) continue;
    const broken = each.certificate.checks
      .filter((check) => check.exact && !check.holds)
      .map(({ name, expected, observed }) => `${name}: expected ${expected}, observed ${observed}`);
    throw new Error(`bug: the certificate does not hold: ${broken.join('; ')}`);
  }
  const missed = result.objectives.filter((objective) => !objective.met);
  if (!options.strict || missed.length === 0) return exitCodes.fine;
  err.write(missed.map(({ text }) => `objective missed: ${text}\n`).join(''));
  return exitCodes.objectiveMissed;
}
