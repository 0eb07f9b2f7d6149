// Reads the command line, does what it says, and turns whatever happens into an exit code.

import { Command, CommanderError } from 'commander';
import { addCapacity } from './capacity.ts';
import { addCheck } from './check.ts';
import { addDiagnose } from './diagnose.ts';
import { addImport } from './import.ts';
import { addInit } from './init.ts';
import { addCompare } from './compare.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';
import { endingOf } from './faults.ts';
import { Output } from './output.ts';
import { addProfiles } from './profiles.ts';
import { addReview } from './review.ts';
import { addRun } from './run.ts';
import { addSchema } from './schema.ts';
import type { Job, Session } from './session.ts';
import { addSweep } from './sweep.ts';
import { addSize } from './size.ts';
import { addTriage } from './triage.ts';
import { ownVersion } from './version.ts';

export async function tidemark(args: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  const session: Session = {
    out: new Output(process.stdout, 'standard output'),
    err: new Output(process.stderr, 'standard error'),
    env: process.env,
    signal,
  };
  const version = ownVersion();
  try {
    const exitCode = await readJob(args, session, version)(session);
    await session.out.settle();
    return exitCode;
  } catch (error) {
    const debug = session.env['TIDEMARK_DEBUG'] === '1';
    const { exitCode, text } = endingOf(error, { version, debug });
    session.err.write(text);
    return exitCode;
  }
}

/** The command that the arguments ask for. */
function readJob(args: readonly string[], session: Session, version: string): Job {
  let job: Job = () => Promise.resolve(exitCodes.fine);
  const program = emptyProgram(session, version);
  const choose = (chosen: Job) => {
    job = chosen;
  };
  addRun(program, choose);
  addCapacity(program, choose);
  addSize(program, choose);
  addCompare(program, choose);
  addDiagnose(program, choose);
  addTriage(program, choose);
  addSweep(program, choose);
  addCheck(program, choose);
  addInit(program, choose);
  addImport(program, choose);
  addReview(program, choose);
  addProfiles(program, choose);
  addSchema(program, choose);
  try {
    program.parse(args, { from: 'user' });
    return job;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander has said what is wrong, or shown the help. It exits 1 for bad usage; our table says 2.
    const exitCode = error.exitCode === 0 ? exitCodes.fine : exitCodes.userFault;
    return () => Promise.resolve(exitCode);
  }
}

function emptyProgram({ out, err }: Session, version: string): Command {
  return new Command('tidemark')
    .description('Simulates traffic surging against a database connection pool.')
    .version(version)
    .exitOverride()
    .showSuggestionAfterError()
    .showHelpAfterError('See --help.')
    .configureOutput({
      writeOut: (text) => {
        out.write(text);
      },
      writeErr: (text) => {
        err.write(text);
      },
      outputError: (text, write) => {
        write(text.replace(/^error: /, 'tidemark: '));
      },
      getOutHelpWidth: () => Math.min(out.columns, 80),
      getErrHelpWidth: () => Math.min(err.columns, 80),
    });
}
