// The finished points of a sweep, a line each as they come, so that a sweep that was ended goes on from them.
// The first line says which sweep it is: points of another one are never mixed in.

import { closeSync, ftruncateSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { gridSize } from '../../experiment/sweep/grid.ts';
import type { PointResult } from '../../experiment/sweep/point.ts';
import type { SweepPlan } from '../../experiment/sweep/sweep.ts';
import { UserFault } from '../faults.ts';
import { fileFault } from '../../files/file-fault.ts';

export class ProgressFile {
  readonly path: string;
  /** Points that were finished before. */
  readonly known: ReadonlyMap<number, PointResult>;
  readonly #descriptor: number;
  #finished: number;

  /** Opens the file, or begins it. @throws UserFault when it is not of this sweep */
  constructor(path: string, plan: SweepPlan, version: string) {
    this.path = path;
    const header = `${JSON.stringify(headerOf(plan, version))}\n`;
    const text = readOrEmpty(path);
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    const isTornHeader = whole === '' && header.startsWith(text);
    if (whole === '' && !isTornHeader) throw notOurs(path);
    this.known = whole === '' ? new Map() : readPoints(path, whole, plan, header);
    this.#finished = this.known.size;
    try {
      this.#descriptor = openSync(path, 'a');
      // A line that was cut off in the middle is as if it had never been begun.
      ftruncateSync(this.#descriptor, Buffer.byteLength(whole));
      if (whole === '') writeSync(this.#descriptor, header);
    } catch (error) {
      throw fileFault(error, 'write', path);
    }
  }

  /** Points that are in the file. */
  get finished(): number {
    return this.#finished;
  }

  add(result: PointResult): void {
    const bytes = Buffer.from(`${JSON.stringify(result)}\n`);
    try {
      for (let from = 0; from < bytes.length;) from += writeSync(this.#descriptor, bytes, from);
    } catch (error) {
      throw fileFault(error, 'write', this.path);
    }
    this.#finished++;
  }

  close(): void {
    closeSync(this.#descriptor);
  }

  remove(): void {
    rmSync(this.path, { force: true });
  }
}

/** What a sweep's points depend on. */
function headerOf(plan: SweepPlan, version: string) {
  const { scenario, seed, replications, variations } = plan;
  return {
    format: 1,
    what: 'points of a tidemark sweep',
    version,
    scenario: scenario.name,
    hash: scenario.hash,
    seed,
    replications,
    vary: variations.map(({ path, values }) => ({ path, values })),
  };
}

type Header = ReturnType<typeof headerOf>;

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw fileFault(error, 'read', path);
  }
}

function readPoints(
  path: string,
  text: string,
  plan: SweepPlan,
  header: string,
): Map<number, PointResult> {
  const [first = '', ...lines] = text.split('\n').slice(0, -1);
  if (`${first}\n` !== header) throw another(path, first, JSON.parse(header) as Header);
  const points = new Map<number, PointResult>();
  const most = gridSize(plan.variations);
  for (const [i, line] of lines.entries()) {
    const result = pointOf(line, most);
    if (result === null) {
      const what = 'is no point of this sweep; take the line out, and it is simulated again';
      throw new UserFault([`${path}:${i + 2}: ${what}`]);
    }
    points.set(result.point, result);
  }
  return points;
}

/** null: nothing that this command has written. */
function pointOf(line: string, most: number): PointResult | null {
  const value = parse(line) as Partial<PointResult> | null;
  if (value === null || typeof value !== 'object' || !Number.isInteger(value.point)) return null;
  const { point = -1, hash, measured } = value;
  if (point < 0 || point >= most || typeof hash !== 'string' || measured === undefined) return null;
  return value as PointResult;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null;
  }
}

function notOurs(path: string): UserFault {
  return new UserFault([
    `${path}:1: this is no progress of a sweep; name another file, it would be written to`,
  ]);
}

/** What tells this sweep from that of the file. */
function another(path: string, first: string, ours: Header): UserFault {
  const theirs = parse(first) as Partial<Header> | null;
  if (theirs?.what !== ours.what) return notOurs(path);
  const named = (key: keyof Header, words: string) => {
    const [a, b] = [JSON.stringify(theirs[key] ?? null), JSON.stringify(ours[key])];
    return a === b ? [] : [`${words} ${short(a)} there and ${short(b)} here`];
  };
  const sameName = theirs.scenario === ours.scenario;
  const differences = [
    ...named('version', 'tidemark is'),
    ...named('scenario', 'the scenario is'),
    ...(sameName && theirs.hash !== ours.hash
      ? [`${ours.scenario} has other settings (or --set, or --with-timeline)`]
      : []),
    ...named('seed', 'the seed is'),
    ...named('replications', '--replications is'),
    ...(JSON.stringify(theirs.vary) === JSON.stringify(ours.vary) ? [] : ['--vary is another']),
  ];
  const why = differences.length === 0 ? 'its first line is another' : differences.join('; ');
  return new UserFault([
    `${path}:1: holds points of another sweep: ${why}`,
    'give the options of that sweep, or name another file, or remove this one',
  ]);
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
