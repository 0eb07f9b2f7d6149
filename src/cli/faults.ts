// The ways in which a command ends early, and what each says and exits with.

import { OutOfMemory } from '../executor/out-of-memory.ts';
import { UserFault } from '../files/user-fault.ts';
import { type ExitCode, exitCodes } from './exit-codes.ts';

export { UserFault };

/** Ctrl-C or SIGTERM. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  /** What is not lost; usually all is. */
  readonly kept: string;
  readonly #signal: NodeJS.Signals;

  constructor(signal: NodeJS.Signals, kept = 'nothing was written') {
    super(`interrupted by ${signal}`);
    this.#signal = signal;
    this.kept = kept;
  }

  keeping(kept: string): Interrupted {
    return new Interrupted(this.#signal, kept);
  }
}

/** The reader of stdout has gone away, as `head` does when it has seen enough. */
export class ReaderGone extends Error {
  override readonly name = 'ReaderGone';
}

/** What somebody needs to see one of our faults again. */
interface Subject {
  readonly scenario: string;
  readonly hash: string;
  readonly seed: string;
}

/** Something that went wrong by our fault while this was simulated. */
export class OurFault extends Error {
  override readonly name = 'OurFault';
  readonly subject: Subject;

  constructor(subject: Subject, cause: unknown) {
    super(messageOf(cause), { cause });
    this.subject = subject;
  }
}

/** How a failed command ends: its exit code, and what stderr says. */
interface Ending {
  readonly exitCode: ExitCode;
  readonly text: string;
}

/** A list of faults longer than this says how many more there are. */
const mostFaults = 50;

export function endingOf(error: unknown, options: { version: string; debug: boolean }): Ending {
  if (error instanceof ReaderGone) return { exitCode: exitCodes.fine, text: '' };
  if (error instanceof Interrupted) {
    return {
      exitCode: exitCodes.interrupted,
      text: `tidemark: ${error.message}; ${error.kept}\n`,
    };
  }
  if (error instanceof UserFault) {
    return { exitCode: exitCodes.userFault, text: listOf(error) };
  }
  const cause = error instanceof OurFault ? error.cause : error;
  if (cause instanceof OutOfMemory) {
    return { exitCode: exitCodes.userFault, text: `tidemark: ${cause.message}\n` };
  }
  if (isOutOfMemory(cause)) {
    const text = 'tidemark: this machine has no memory left for the run; lower --max-in-flight\n';
    return { exitCode: exitCodes.userFault, text };
  }
  return { exitCode: exitCodes.ourFault, text: confession(error, options) };
}

function listOf({ messages, located }: UserFault): string {
  const lines = [...messages.map((message) => `tidemark: ${message}`), ...located];
  const rest = lines.length - mostFaults;
  const shown = rest > 0 ? [...lines.slice(0, mostFaults), `… and ${rest} more`] : lines;
  return shown.map((line) => `${line}\n`).join('');
}

/** A typed array that the machine could not provide; its wording is V8's. */
function isOutOfMemory(cause: unknown): boolean {
  return cause instanceof RangeError && cause.message === 'Array buffer allocation failed';
}

function confession(error: unknown, { version, debug }: { version: string; debug: boolean }) {
  const said = messageOf(error);
  const message = said.startsWith('bug:') ? said : `bug: ${said}`;
  const subject =
    error instanceof OurFault
      ? `, scenario ${error.subject.scenario}, hash ${error.subject.hash}, seed ${error.subject.seed}`
      : '';
  return [
    `tidemark: this is a fault in tidemark, not in your scenario: ${message}\n`,
    `tidemark: please report it with: version ${version}, node ${process.version}${subject}\n`,
    debug ? `${stackOf(error)}\n` : '',
  ].join('');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function stackOf(error: unknown): string {
  const origin = error instanceof OurFault ? error.cause : error;
  return origin instanceof Error ? (origin.stack ?? origin.message) : String(origin);
}
