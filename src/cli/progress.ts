// How far a command has come, on stderr: only for a terminal, and only once it lasts over a second.

import { SingleBar } from 'cli-progress';
import type { Progress } from '../experiment/run.ts';
import { formatCount, formatDuration } from './quantities.ts';
import type { Output } from './output.ts';

/** Work shorter than this is over before anybody wonders. */
const patienceMs = 1000;

export class ProgressLine {
  readonly #err: Output;
  readonly #now: () => number;
  readonly #startedMs: number;
  #bar: SingleBar | undefined;
  #part = '';
  #partStartedMs = 0;

  /** @param now milliseconds of any clock that never goes back */
  constructor(err: Output, now: () => number) {
    this.#err = err;
    this.#now = now;
    this.#startedMs = now();
  }

  /**
   * @param part what is being done, in a word or three; the time left is that of the part
   * @param detail which piece of the part
   */
  show(part: string, advance: Progress, detail = ''): void {
    if (!this.#err.isTerminal) return;
    const nowMs = this.#now();
    if (part !== this.#part) {
      this.#part = part;
      this.#partStartedMs = nowMs;
    }
    if (nowMs - this.#startedMs < patienceMs) return;
    const words = describe(advance, nowMs - this.#partStartedMs, part + detail);
    if (this.#bar === undefined) this.#bar = startedBar(this.#err, share(advance), words);
    else this.#bar.update(share(advance), words);
  }

  /** Wipes the line, so that what is printed next stands alone. */
  clear(): void {
    this.#bar?.stop();
    this.#bar = undefined;
  }
}

function startedBar({ stream }: Output, done: number, words: Record<string, string>): SingleBar {
  const bar = new SingleBar({
    stream,
    format: '{part} [{bar}] {percentage} % | {speed} requests/s | {left} left',
    barsize: 10,
    barCompleteChar: '=',
    barIncompleteChar: ' ',
    clearOnComplete: true,
    hideCursor: true,
    gracefulExit: false,
  });
  bar.start(1, done, words);
  return bar;
}

/** Requests are the work, but nothing may arrive at all, or more than expected. */
function share({ simulatedNs, durationNs, requests, totalRequests }: Progress): number {
  const done = totalRequests > 0 ? requests / totalRequests : simulatedNs / durationNs;
  return Math.min(1, done);
}

function describe(advance: Progress, elapsedMs: number, part: string): Record<string, string> {
  const seconds = Math.max(elapsedMs, 1) / 1000;
  const done = share(advance);
  const { replication } = advance;
  const which = replication && ` ${String(replication.number)}/${String(replication.of)}`;
  return {
    part: part + (which ?? ''),
    speed: formatCount(advance.requests / seconds),
    left: done > 0 ? formatDuration((seconds * (1 - done)) / done) : '?',
  };
}
