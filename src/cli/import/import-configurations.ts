// `tidemark import`: read configuration files, print the scenario that they set up, say what they do not.

import { importDocument } from '../../report/import/document.ts';
import { importNotes } from '../../report/import/notes.ts';
import { renderDocument } from '../../report/document.ts';
import { formatFault } from '../../scenario/fault.ts';
import { importScenario } from '../../scenario/import/import-scenario.ts';
import type { Target } from '../../scenario/draft/scenario-of-facts.ts';
import { type ExitCode, exitCodes } from '../exit-codes.ts';
import { UserFault } from '../faults.ts';
import { scenarioName, writeScenario } from '../files/scenario-out.ts';
import { readOrFault } from '../parsed-scenario.ts';
import type { Session } from '../session.ts';
import { notEmpty } from '../settings.ts';
import type { RawImportOptions } from './options.ts';
import { readImport } from './request.ts';

export async function importConfigurations(
  session: Session,
  paths: readonly string[],
  raw: RawImportOptions,
): Promise<ExitCode> {
  const { out, err, signal } = session;
  const faults: string[] = [];
  const folder = notEmpty('--out', raw.out, faults);
  const into = await readTarget(raw.into, signal, faults);
  const { imported, sets } = await readImport(paths, raw, { signal, faults });
  const name = scenarioName(paths[0] ?? '');
  const outcome = importScenario(imported, { name, into, sets });
  if (!outcome.ok) throw new UserFault([], outcome.faults.map(formatFault));
  err.write(outcome.warnings.map((text) => `warning: ${text}\n`).join(''));
  const written = writeScenario(folder, outcome.scenario.name, outcome.text);
  if (raw.json === true) out.write(renderDocument(importDocument(imported, outcome)));
  else {
    out.write(outcome.text);
    err.write(importNotes(imported, outcome));
  }
  err.write(written.map((path) => `wrote ${path}\n`).join(''));
  return exitCodes.fine;
}

async function readTarget(
  argument: string | undefined,
  signal: AbortSignal,
  faults: string[],
): Promise<Target | null> {
  const path = notEmpty('--into', argument, faults);
  if (path === undefined) return null;
  return (await readOrFault(path, signal, faults)) ?? null;
}
