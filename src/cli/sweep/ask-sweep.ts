// `tidemark sweep`: a scenario over a grid of settings.

import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { PointResult } from '../../experiment/sweep/point.ts';
import { openRequests, sweep } from '../../experiment/sweep/sweep.ts';
import { sweepCsv } from '../../report/sweep/csv.ts';
import { sweepDocument } from '../../report/sweep/document.ts';
import { renderSweep } from '../../report/sweep/sweep-report.ts';
import { formatClock } from '../../scenario/clock.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Interrupted } from '../faults.ts';
import { fileStem } from '../files/file-stem.ts';
import { createFolder } from '../files/output-files.ts';
import { carryOut } from '../question/carry-out.ts';
import { longRunWarning } from '../run/long-run.ts';
import type { Session } from '../session.ts';
import { ownVersion } from '../version.ts';
import type { RawSweepOptions } from './options.ts';
import { type Planned, planSweep } from './plan.ts';
import { ProgressFile } from './progress-file.ts';

export async function askSweep(
  session: Session,
  argument: string,
  raw: RawSweepOptions,
): Promise<ExitCode> {
  const planned = await planSweep(argument, raw, session.signal);
  const progress = openProgress(planned);
  try {
    const exitCode = await simulate(session, planned, progress);
    if (planned.sweepOptions.progress === undefined) progress?.remove();
    return exitCode;
  } catch (error) {
    throw withWhatIsKept(error, progress, planned);
  } finally {
    progress?.close();
  }
}

/** Where somebody asked for it, or in the folder of the report. */
function openProgress({ options, sweepOptions, plan }: Planned): ProgressFile | undefined {
  const { out } = options;
  if (sweepOptions.progress !== undefined) {
    return new ProgressFile(sweepOptions.progress, plan, ownVersion());
  }
  if (out === undefined) return undefined;
  createFolder(out);
  const name = `${fileStem(plan.scenario.name)}.sweep.progress.ndjson`;
  return new ProgressFile(join(out, name), plan, ownVersion());
}

function simulate(
  session: Session,
  planned: Planned,
  progress: ProgressFile | undefined,
): Promise<ExitCode> {
  const { plan, sweepOptions } = planned;
  const known = progress?.known ?? new Map<number, PointResult>();
  const requests = openRequests(plan, known);
  return carryOut(session, {
    ...planned,
    name: 'sweep',
    scenario: plan.scenario,
    warnings: [...planned.warnings, ...notices(planned, known.size, requests)],
    question: sweep(plan, known),
    requests,
    onOutput: (output) => progress?.add(output as PointResult),
    text: (result, style) => renderSweep({ plan, result, metric: sweepOptions.metric, style }),
    document: (result) => sweepDocument(plan, result),
    csv: { chosen: sweepOptions.csv, text: (result) => sweepCsv(plan, result) },
  });
}

function notices({ plan, options }: Planned, known: number, requests: number): string[] {
  const { scenario, leftOut } = plan;
  const long = longRunWarning(requests, { workers: options.workers ?? availableParallelism() });
  return [
    ...leftOut.map(({ atNs, title, paths }) => {
      const at = formatClock(scenario, atNs, { seconds: 'when-needed' });
      return `what the timeline sets of ${paths.join(', ')} is left out (${at} ${title}); --with-timeline keeps it`;
    }),
    ...(known === 0 ? [] : [`${known} of ${plan.requests.length} points are known already`]),
    ...(long === undefined ? [] : [long]),
  ];
}

/** Says where the finished points are, and that they are not lost. */
function withWhatIsKept(
  error: unknown,
  progress: ProgressFile | undefined,
  { plan }: Planned,
): unknown {
  if (!(error instanceof Interrupted) || progress === undefined) return error;
  const size = `${progress.finished} of ${plan.requests.length} points`;
  return error.keeping(`${size} are in ${progress.path}, the same command goes on from there`);
}
