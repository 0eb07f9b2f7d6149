// One of the two streams that a command prints to. Writing never throws: what went wrong is asked for
// at the end, because a stream reports it late.

import { ReaderGone, UserFault } from './faults.ts';

/** A terminal, a pipe or a file; only a terminal has `isTTY`, whatever Node's types say. */
type Sink = NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };

export class Output {
  readonly isTerminal: boolean;
  readonly #stream: Sink;
  readonly #name: string;
  #written: Promise<void> = Promise.resolve();
  #failure: NodeJS.ErrnoException | undefined;

  constructor(stream: Sink, name: string) {
    this.#stream = stream;
    this.#name = name;
    this.isTerminal = stream.isTTY === true;
    stream.on('error', (error: NodeJS.ErrnoException) => {
      this.#failure ??= error;
    });
  }

  get stream(): NodeJS.WritableStream {
    return this.#stream;
  }

  /** Columns of the terminal; 80 when there is none (undefined when piped, 0 in a bare one). */
  get columns(): number {
    return this.#stream.columns || 80;
  }

  write(text: string): void {
    if (text === '') return;
    this.#written = new Promise((resolve) => {
      this.#stream.write(text, (error) => {
        this.#failure ??= error ?? undefined;
        resolve();
      });
    });
  }

  /** Waits until everything is written, and throws if it could not be. */
  async settle(): Promise<void> {
    await this.#written;
    if (this.#failure === undefined) return;
    if (this.#failure.code === 'EPIPE') throw new ReaderGone();
    throw new UserFault([`cannot write to ${this.#name}: ${this.#failure.message}`]);
  }
}
