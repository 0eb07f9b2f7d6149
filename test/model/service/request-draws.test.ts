// What is drawn for a request at its arrival: each of it from a source of chance of its own.

import { describe, expect, it } from 'vitest';
import { RandomStreams } from '../../../src/engine/random-streams.ts';
import { Simulation } from '../../../src/engine/simulation.ts';
import { exponentialStream } from '../../../src/engine/variates.ts';
import { Database } from '../../../src/model/database/database.ts';
import {
  DEMAND,
  RECONNECT_DRAW,
  REQUEST_CLASS,
  RequestTable,
  STRIDE,
} from '../../../src/model/request/request-table.ts';
import { RequestMix } from '../../../src/model/service/request-mix.ts';
import type { RequestClassSettings } from '../../../src/model/service/settings.ts';
import { databaseSettings } from '../../support/small-system.ts';
import { STANDARD_ERRORS, correlation } from '../../support/statistics.ts';

const SEED = process.env['TIDEMARK_TEST_SEED'] ?? 'mix';
const DRAWS = 20_000;

/** Two independent samples are hardly ever further from correlation 0. */
const LIMIT = STANDARD_ERRORS / Math.sqrt(DRAWS);

function classOf(name: string): RequestClassSettings {
  return { name, weight: 1, work: { kind: 'hold', hold: { family: 'exponential', mean: 100 } } };
}

/** Draws requests one after another into the same slot, and reads it after each. */
function drawn(classes: readonly string[], read: (table: RequestTable, at: number) => number[]) {
  const table = new RequestTable(1);
  const streams = new RandomStreams(SEED);
  const database = new Database(
    databaseSettings(),
    new Simulation(),
    table,
    streams,
    () => undefined,
  );
  const mix = new RequestMix(classes.map(classOf), 'service', streams, table, database, true);
  const slot = table.take();
  return Array.from({ length: DRAWS }, () => {
    mix.draw(slot);
    return read(table, slot * STRIDE);
  });
}

function column(rows: readonly number[][], i: number): number[] {
  return rows.map((row) => row[i] ?? NaN);
}

describe('the mix of requests', () => {
  it('decides about class and connection independently', () => {
    const rows = drawn(['a', 'b'], ({ marks, times }, at) => [
      marks[at + REQUEST_CLASS] as number,
      times[at + RECONNECT_DRAW] as number,
    ]);
    expect(Math.abs(correlation(column(rows, 0), column(rows, 1)))).toBeLessThan(LIMIT);
  });

  it('draws demands that do not depend on the gaps between arrivals', () => {
    const rows = drawn(['a'], ({ times }, at) => [times[at + DEMAND] as number]);
    const gaps = exponentialStream(new RandomStreams(SEED), 'service/arrivals');
    const before = rows.map(() => gaps.next());
    const demands = column(rows, 0);
    expect(Math.abs(correlation(demands, before))).toBeLessThan(LIMIT);
    expect(Math.abs(correlation(demands.slice(0, -1), before.slice(1)))).toBeLessThan(LIMIT);
  });

  it('draws each class’s demands from a source of its own', () => {
    const rows = drawn(['a', 'b'], ({ marks, times }, at) => [
      marks[at + REQUEST_CLASS] as number,
      times[at + DEMAND] as number,
    ]);
    const [a, b] = [0, 1].map((index) => rows.filter((row) => row[0] === index).slice(0, 1000));
    const limit = STANDARD_ERRORS / Math.sqrt(1000);
    const r = correlation(column(a ?? [], 1), column(b ?? [], 1));
    expect(Math.abs(r)).toBeLessThan(limit);
  });
});
