import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output.ts';

/** What a command has to do with the world outside. */
export interface Session {
  readonly out: Output;
  readonly err: Output;
  readonly env: NodeJS.ProcessEnv;
  /** Aborted, with `Interrupted` as its reason, by Ctrl-C and SIGTERM. */
  readonly signal: AbortSignal;
}

/** A command with its arguments read, ready to be done. */
export type Job = (session: Session) => Promise<ExitCode>;
