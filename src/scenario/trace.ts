/** Recorded arrivals: a table of instants or gaps, and perhaps of how long each connection was out. */
import type { Law } from '../engine/law.ts';
import { LAST_INSTANT } from '../engine/time.ts';
import type { TraceSettings } from '../model/traffic/settings.ts';
import { NO_HOLD } from '../model/traffic/trace-cursor.ts';
import { contentsOf, type FileContents, type Files } from './files.ts';
import { read, refuse, type Reading } from './reading.ts';
import { remembered } from './remembered.ts';
import { lineOfRow, readTable, readTimes, unitOf, type Table } from './table.ts';

/** As a scenario file writes it; `speed` times as fast as recorded. */
interface WrittenTrace {
  readonly file: string;
  readonly speed: number;
}

/** The trace of a file; or what is wrong with the file. The same object for the same file and speed. */
export function resolveTrace({ file, speed }: WrittenTrace, files: Files): Reading<TraceSettings> {
  return atSpeed(contentsOf(files, file), JSON.stringify([file, speed]));
}

const atSpeed = remembered((contents: FileContents, word: string): Reading<TraceSettings> => {
  const [file, speed] = JSON.parse(word) as [string, number];
  const recorded = asRecorded(contents, file);
  if (!recorded.ok || speed === 1) return recorded;
  const { atNs, holdNs } = recorded.value;
  const faster = atNs.map((at) => Math.round(at / speed));
  if ((faster.at(-1) ?? 0) <= LAST_INSTANT) return read({ atNs: faster, holdNs });
  const message = `${file} ends after more than 104 days at a speed of ${speed}`;
  return refuse('out-of-range', message);
});

const asRecorded = remembered((contents: FileContents, file: string): Reading<TraceSettings> => {
  if (!contents.ok) return refuse('no-file', contents.message);
  const table = readTable(file, contents.text);
  if (!table.ok) return table;
  const named = columnsOf(table.value);
  if (!named.ok) return named;
  const { time, hold } = named.value;
  const times = readTimes(table.value, time, 'refused');
  if (!times.ok) return times;
  const holds = recordedHolds(table.value, hold);
  if (!holds.ok) return holds;
  const atNs = time.startsWith('gap_') ? added(times.value) : times.value;
  const fault = orderFault(table.value, atNs);
  if (fault !== null) return refuse('out-of-order', fault);
  return read({ atNs, holdNs: holds.value });
});

/**
 * The column of holds, if there is one and it records any. Recorders write 0 for a request that got no
 * connection: how long it would have held one is unknown.
 */
function recordedHolds(table: Table, column: string | null): Reading<Float64Array | null> {
  const holds = column === null ? read(null) : readTimes(table, column, 'allowed');
  if (!holds.ok || holds.value === null) return holds;
  const holdNs = holds.value.map((ns) => (ns > 0 ? ns : NO_HOLD));
  return read(holdNs.some((ns) => ns > 0) ? holdNs : null);
}

/** The column of instants or gaps, and that of holds if there is one. */
function columnsOf({ file, columns }: Table): Reading<{ time: string; hold: string | null }> {
  const called = (prefixes: readonly string[]): string[] =>
    columns.filter((c) => unitOf(c) !== undefined && prefixes.includes(c.replace(/_[a-z]+$/, '')));
  const [times, holds] = [called(['at', 'gap']), called(['hold'])];
  const [time] = times;
  if (time === undefined) {
    const wanted = 'at_s, at_ms, at_us, at_ns or gap_… is needed';
    return refuse(
      'bad-column',
      `${file} has no column of arrivals: ${wanted}; it has ${columns.join(', ')}`,
    );
  }
  const several = [times, holds].find((names) => names.length > 1);
  if (several === undefined) return read({ time, hold: holds[0] ?? null });
  return refuse('ambiguous', `${file} has ${several.join(' and ')}, which exclude each other`);
}

/** Instants from the gaps before them. */
function added(gaps: Float64Array): Float64Array {
  let at = 0;
  return gaps.map((gap) => (at += gap));
}

function orderFault(table: Table, atNs: Float64Array): string | null {
  let latest = 0;
  for (const [row, at] of atNs.entries()) {
    const where = (): string => `${table.file}:${lineOfRow(table, row)}`;
    if (at < latest)
      return `${where()}: comes before the row above it; rows stand in order of time`;
    if (at > LAST_INSTANT) return `${where()}: is more than 104 days after the start`;
    latest = at;
  }
  return null;
}

/**
 * What requests of a trace hold that record no hold themselves: the mean of those that do. A constant, so
 * that a replay has no chance in it and can be compared with what was recorded.
 */
export function usualHold(trace: TraceSettings): Law | null {
  return trace.holdNs === null ? null : meanHold(trace.holdNs, '');
}

const meanHold = remembered((holdNs: Float64Array): Law => {
  const recorded = holdNs.filter((ns) => ns !== NO_HOLD);
  const sum = recorded.reduce((total, ns) => total + ns, 0);
  return { family: 'constant', value: Math.round(sum / recorded.length) };
});
