/** A mistake in a scenario, in the words of the person who made it. */

export interface Fault {
  /** The scenario's file, or `--set path=value` when the mistake stands there. */
  readonly file: string;
  /** From 1; null when the place is not known. */
  readonly line: number | null;
  readonly column: number | null;
  /** `service.pool.max`, `requests.page.query`, `timeline[4].at`; empty for the file as a whole. */
  readonly path: string;
  /** Stable: `unknown-key`, `not-supported-yet`, `out-of-range`, `missing` … */
  readonly code: string;
  /** The value, what is allowed, and what was probably meant. */
  readonly message: string;
}

/** One line of text: `scenarios/x.yaml:12:9: service.pool.maxx: unknown key; did you mean max?` */
export function formatFault(fault: Fault): string {
  const place =
    fault.line === null ? fault.file : `${fault.file}:${fault.line}:${fault.column ?? 1}`;
  return `${place}: ${fault.path === '' ? '' : `${fault.path}: `}${fault.message}`;
}

/** In the order of a file; those without a line come last. */
export function inOrder(faults: readonly Fault[]): Fault[] {
  const line = (fault: Fault): number => fault.line ?? Infinity;
  return [...faults].sort((a, b) => {
    if (line(a) !== line(b)) return line(a) < line(b) ? -1 : 1;
    return (a.column ?? 0) - (b.column ?? 0);
  });
}
