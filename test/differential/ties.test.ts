// Two things at one instant, which the random workloads leave out. In the package the order of two timers
// for one instant is that in which they were set, and arrivals are set first, by the harness; the simulator
// has an order of its own (docs/MODEL.md, equal instants): releases, openings, arrivals, timeouts. So one
// of them may do what both do a tick earlier, and the other what both do a tick later.

import { describe, expect, it } from 'vitest';
import type { Product } from './products.ts';
import { HALVES, waits, type Scenario } from './small-workload.ts';
import type { Trace } from './trace.ts';

/** What both do one tick before the tie, and after it; and at it, where the two may differ. */
interface Told {
  readonly before: string;
  readonly tie: string | { readonly package: string; readonly simulator: string };
  readonly after: string;
}

/** @param moved the scenario in which one of the two things that meet comes so many ticks later */
function compare(
  moved: (ticks: number) => Scenario,
  cases: readonly (readonly [readonly Product[], Told])[],
): void {
  const rows = cases.flatMap(([products, told]) => products.map((name) => [name, told] as const));
  it.each(rows)('%s', async (product, { before, tie, after }) => {
    const [atTie, ofSimulator] =
      typeof tie === 'string' ? [tie, tie] : [tie.package, tie.simulator];
    const told: string[][] = [];
    for (const [, run] of HALVES) {
      const ofHalf: string[] = [];
      for (const ticks of [-1, 0, 1]) {
        const scenario = moved(ticks);
        const trace = await run(product, scenario);
        ofHalf.push(toldOf(trace, scenario));
        if ('tied' in trace && ticks !== 0) expect(trace.tied).toBe(false);
      }
      told.push(ofHalf);
    }
    expect(told).toEqual([
      [before, atTie, after],
      [before, ofSimulator, after],
    ]);
  });
}

/** The wait of each request, when connections were opened, and when they were closed, if any were. */
function toldOf(trace: Trace, scenario: Scenario): string {
  const { opens, closes } = trace;
  const closed = closes.length === 0 ? '' : `; closes ${closes.join(', ')}`;
  return `${waits(trace, scenario).join(', ')}; opens ${opens.join(', ')}${closed}`;
}

/** Those that have an acquire timeout. */
const PUNCTUAL: Product[] = ['pg-pool', 'tarn', 'knex', 'generic-pool', 'sequelize-pool'];

describe('a timeout that is as long as a connect', () => {
  const moved = (ticks: number) => ({ timeout: 100 + ticks, requests: each(10, 0, 300) });
  // The package sets the timer of the wait before that of the connect; in the simulator openings come
  // first. pg-pool breaks the attempt off, so that the next request finds nothing, and so on for ever.
  compare(moved, [
    [
      ['pg-pool'],
      {
        before: 'timeout 99, timeout 99; opens 0, 300',
        tie: {
          package: 'timeout 100, timeout 100; opens 0, 300',
          simulator: 'served 100, served 0; opens 0',
        },
        after: 'served 100, served 0; opens 0',
      },
    ],
    [
      ['tarn', 'knex', 'generic-pool', 'sequelize-pool'],
      {
        before: 'timeout 99, served 0; opens 0',
        tie: {
          package: 'timeout 100, served 0; opens 0',
          simulator: 'served 100, served 0; opens 0',
        },
        after: 'served 100, served 0; opens 0',
      },
    ],
  ]);
});

describe('a timeout at the instant of a release', () => {
  describe('that was asked for before the hold began', () => {
    // Asks at 50, while the connection is opened that is released at 200.
    const requests = [
      { at: 0, hold: 100 },
      { at: 50, hold: 10 },
    ];
    compare(
      (ticks) => ({ max: 1, timeout: 150 + ticks, requests }),
      [
        [
          PUNCTUAL,
          {
            before: 'served 100, timeout 149; opens 0',
            tie: {
              package: 'served 100, timeout 150; opens 0',
              simulator: 'served 100, served 150; opens 0',
            },
            after: 'served 100, served 150; opens 0',
          },
        ],
      ],
    );
  });

  describe('that was asked for after the hold began', () => {
    // In the package, too, the release is first: its timer has been set at 10, that of the timeout at 50.
    const requests = [
      { at: 0, hold: 100 },
      { at: 50, hold: 10 },
    ];
    compare(
      (ticks) => ({ max: 1, connect: 10, timeout: 60 + ticks, requests }),
      [
        [
          PUNCTUAL,
          {
            before: 'served 10, timeout 59; opens 0',
            tie: 'served 10, served 60; opens 0',
            after: 'served 10, served 60; opens 0',
          },
        ],
      ],
    );
  });
});

describe('an arrival at the instant of a release, while nobody waits', () => {
  const requests = (ticks: number) => [
    { at: 0, hold: 100 },
    { at: 200 + ticks, hold: 10 },
  ];

  describe('in a pool with room', () => {
    // The package: first the arrival, which opens a connection; then the release, which serves it, or
    // does not, where the request is bound to the connection that it opens.
    compare(
      (ticks) => ({ max: 2, requests: requests(ticks) }),
      [
        [
          ['pg-pool', 'mysql2'],
          {
            before: 'served 100, served 100; opens 0, 199',
            tie: {
              package: 'served 100, served 100; opens 0, 200',
              simulator: 'served 100, served 0; opens 0',
            },
            after: 'served 100, served 0; opens 0',
          },
        ],
        [
          ['tarn', 'knex', 'generic-pool', 'sequelize-pool'],
          {
            before: 'served 100, served 1; opens 0, 199',
            tie: {
              package: 'served 100, served 0; opens 0, 200',
              simulator: 'served 100, served 0; opens 0',
            },
            after: 'served 100, served 0; opens 0',
          },
        ],
      ],
    );
  });

  describe('in a full pool', () => {
    compare(
      (ticks) => ({ max: 1, requests: requests(ticks) }),
      [
        [
          [...PUNCTUAL, 'mysql2'],
          {
            before: 'served 100, served 1; opens 0',
            tie: 'served 100, served 0; opens 0',
            after: 'served 100, served 0; opens 0',
          },
        ],
      ],
    );
  });
});

describe('a release at the instant of a failed connect', () => {
  const failsSecond = { max: 2, fails: (n: number) => n === 1 };

  describe('that began before the hold', () => {
    // The second attempt is from 50 to 150, and the hold from 100 on. The package: first the failure.
    const moved = (ticks: number) => ({
      ...failsSecond,
      requests: [{ at: 0, hold: 50 + ticks }, ...each(10, 50, 60)],
    });
    compare(moved, [
      [
        // The failure is the second request's own; its place goes to the third, who opens a connection.
        ['pg-pool', 'mysql2'],
        {
          before: 'served 100, connect-failed 100, served 89; opens 0, 50',
          tie: {
            package: 'served 100, connect-failed 100, served 190; opens 0, 50, 150',
            simulator: 'served 100, connect-failed 100, served 90; opens 0, 50',
          },
          after: 'served 100, connect-failed 100, served 190; opens 0, 50, 150',
        },
      ],
      [
        // The failure is for who is first in the line, and a release takes the second out of it.
        ['knex'],
        {
          before: 'served 100, served 99, connect-failed 90; opens 0, 50',
          tie: {
            package: 'served 100, connect-failed 100, served 90; opens 0, 50',
            simulator: 'served 100, served 100, connect-failed 90; opens 0, 50',
          },
          after: 'served 100, connect-failed 100, served 91; opens 0, 50',
        },
      ],
      [
        ['sequelize-pool'],
        {
          before: 'served 100, served 99, connect-failed 90; opens 0, 50',
          tie: {
            package: 'served 100, connect-failed 100, served 90; opens 0, 50, 150',
            simulator: 'served 100, served 100, connect-failed 90; opens 0, 50',
          },
          after: 'served 100, connect-failed 100, served 91; opens 0, 50, 150',
        },
      ],
      [
        // Nobody is told of a failure. The third is served at 160, by the return of the second.
        ['tarn'],
        {
          before: 'served 100, served 99, served 99; opens 0, 50',
          tie: 'served 100, served 100, served 100; opens 0, 50',
          after: 'served 100, served 101, served 101; opens 0, 50',
        },
      ],
      [
        // It opens again for the third, at the failure.
        ['generic-pool'],
        {
          before: 'served 100, served 99, served 99; opens 0, 50, 150',
          tie: 'served 100, served 100, served 100; opens 0, 50, 150',
          after: 'served 100, served 101, served 101; opens 0, 50, 150',
        },
      ],
    ]);
  });

  describe('that began after the hold', () => {
    // The hold is from 100 on and the second attempt from 110 to 210: the release is first in both.
    const moved = (ticks: number) => ({
      ...failsSecond,
      requests: [{ at: 0, hold: 110 + ticks }, ...each(10, 110, 120)],
    });
    compare(moved, [
      [
        ['pg-pool', 'mysql2'],
        {
          before: 'served 100, connect-failed 100, served 89; opens 0, 110',
          tie: 'served 100, connect-failed 100, served 90; opens 0, 110',
          after: 'served 100, connect-failed 100, served 190; opens 0, 110, 210',
        },
      ],
      [
        ['knex'],
        {
          before: 'served 100, served 99, connect-failed 90; opens 0, 110',
          tie: 'served 100, served 100, connect-failed 90; opens 0, 110',
          after: 'served 100, connect-failed 100, served 91; opens 0, 110',
        },
      ],
      [
        ['sequelize-pool'],
        {
          before: 'served 100, served 99, connect-failed 90; opens 0, 110',
          tie: 'served 100, served 100, connect-failed 90; opens 0, 110',
          after: 'served 100, connect-failed 100, served 91; opens 0, 110, 210',
        },
      ],
      [
        ['tarn'],
        {
          before: 'served 100, served 99, served 99; opens 0, 110',
          tie: 'served 100, served 100, served 100; opens 0, 110',
          after: 'served 100, served 101, served 101; opens 0, 110',
        },
      ],
      [
        ['generic-pool'],
        {
          before: 'served 100, served 99, served 99; opens 0, 110, 210',
          tie: 'served 100, served 100, served 100; opens 0, 110, 210',
          after: 'served 100, served 101, served 101; opens 0, 110, 210',
        },
      ],
    ]);
  });
});

describe('an arrival at the instant of a failed connect', () => {
  const moved = (ticks: number) => ({
    max: 1,
    fails: (n: number) => n === 0,
    requests: each(10, 0, 100 + ticks),
  });
  // The package: first the arrival, which finds no room, and waits for what the failure leads to.
  compare(moved, [
    [
      ['pg-pool', 'sequelize-pool', 'mysql2'],
      {
        before: 'connect-failed 100, served 101; opens 0, 100',
        tie: 'connect-failed 100, served 100; opens 0, 100',
        after: 'connect-failed 100, served 100; opens 0, 101',
      },
    ],
    [
      ['generic-pool'],
      {
        before: 'served 200, served 111; opens 0, 100',
        tie: 'served 200, served 110; opens 0, 100',
        after: 'served 200, served 109; opens 0, 100',
      },
    ],
    [
      // The failure is repeated after a pause of 200; who comes after the failure need not wait for it.
      ['tarn'],
      {
        before: 'served 400, served 311; opens 0, 300',
        tie: {
          package: 'served 400, served 310; opens 0, 300',
          simulator: 'served 200, served 110; opens 0, 100',
        },
        after: 'served 201, served 110; opens 0, 101',
      },
    ],
    [
      ['knex'],
      {
        before: 'connect-failed 100, served 301; opens 0, 300',
        tie: {
          package: 'connect-failed 100, served 300; opens 0, 300',
          simulator: 'connect-failed 100, served 100; opens 0, 100',
        },
        after: 'connect-failed 100, served 100; opens 0, 101',
      },
    ],
  ]);
});

describe('an arrival at the instant at which an idle connection would be closed', () => {
  // Used until 110, closed at 610. Arrivals are first in both: the connection is used once more.
  const moved = (ticks: number) => ({
    idle: { timeout: 500, check: 0, maxIdle: 9 },
    requests: each(10, 0, 610 + ticks),
    end: 1000,
  });
  compare(moved, [
    [
      ['pg-pool'],
      {
        before: 'served 100, served 0; opens 0',
        tie: 'served 100, served 0; opens 0',
        after: 'served 100, served 100; opens 0, 611; closes 610',
      },
    ],
  ]);
});

function each(hold: number, ...instants: number[]) {
  return instants.map((at) => ({ at, hold }));
}
