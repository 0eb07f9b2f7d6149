// The harness on small scenarios whose outcomes were measured before it existed, by hand, on the same
// packages: §25 of the survey of pools. Times are the fake clock's milliseconds.

import { describe, expect, it } from 'vitest';
import type { Product } from './products.ts';
import { HALVES, served, together, waits } from './small-workload.ts';

const ALL: Product[] = ['pg-pool', 'knex', 'generic-pool', 'sequelize-pool', 'mysql2'];

describe.each(HALVES)('%s', (_half, run) => {
  describe('A: 8 requests at once, 3 connections', () => {
    const scenario = { requests: together(8, 40) };
    it.each(ALL)('%s serves three at a time', async (product) => {
      const trace = await run(product, scenario);
      expect(waits(trace, scenario)).toEqual(served(100, 100, 100, 140, 140, 140, 180, 180));
      expect(trace.opens).toEqual([0, 0, 0]);
    });
  });

  describe('B: a connection comes free while two are being opened', () => {
    const scenario = {
      requests: [
        { at: 0, hold: 30 },
        { at: 150, hold: 20 },
        { at: 155, hold: 30 },
        { at: 160, hold: 30 },
      ],
    };
    it.each<[Product, number, number]>([
      ['pg-pool', 100, 100],
      ['knex', 15, 40],
      ['generic-pool', 15, 40],
      ['sequelize-pool', 15, 40],
      ['mysql2', 100, 100],
    ])('%s makes them wait %d and %d', async (product, ...last) => {
      const trace = await run(product, scenario);
      expect(waits(trace, scenario)).toEqual(served(100, 0, ...last));
      expect(trace.opens).toEqual([0, 155, 160]);
    });
  });

  describe('C: 6 requests at once, 2 connections, a timeout of 120', () => {
    const scenario = { max: 2, timeout: 120, requests: together(6, 100) };
    it.each(ALL.slice(0, 4))('%s serves two and fails four', async (product) => {
      const four = Array.from({ length: 4 }, () => 'timeout 120');
      expect(waits(await run(product, scenario), scenario)).toEqual([...served(100, 100), ...four]);
    });
    it('mysql2 has no timeout and serves them all', async () => {
      const trace = await run('mysql2', { ...scenario, timeout: null });
      expect(waits(trace, scenario)).toEqual(served(100, 100, 200, 200, 300, 300));
    });
  });

  describe('D: the first two attempts to connect fail', () => {
    const scenario = { max: 2, fails: (n: number) => n < 2, requests: together(4, 50) };
    const twoFail = ['connect-failed 100', 'connect-failed 100'];
    it.each<Product>(['pg-pool', 'sequelize-pool', 'mysql2'])(
      '%s tells two requests and opens again at once',
      async (product) => {
        const trace = await run(product, scenario);
        expect(waits(trace, scenario)).toEqual([...twoFail, ...served(200, 200)]);
        expect(trace.opens).toEqual([0, 0, 100, 100]);
      },
    );
    it('knex tells two requests and opens again after 200', async () => {
      const trace = await run('knex', scenario);
      expect(waits(trace, scenario)).toEqual([...twoFail, ...served(400, 400)]);
      expect(trace.opens).toEqual([0, 0, 300, 300]);
    });
    it('tarn by itself tells nobody', async () => {
      const trace = await run('tarn', scenario);
      expect(waits(trace, scenario)).toEqual(served(400, 400, 450, 450));
      expect(trace.opens).toEqual([0, 0, 300, 300]);
    });
    it('generic-pool tells nobody and opens again at once', async () => {
      const trace = await run('generic-pool', scenario);
      expect(waits(trace, scenario)).toEqual(served(200, 200, 250, 250));
      expect(trace.opens).toEqual([0, 0, 100, 100]);
    });
  });

  describe('E: one connection, used once, which takes 30 to close', () => {
    const scenario = {
      max: 1,
      maxUses: 1,
      closeTakes: 30,
      connect: 10,
      requests: [0, 5, 6, 62].map((at) => ({ at, hold: 50 })),
    };
    it('pg-pool serves one who comes while it closes before those who wait', async () => {
      const trace = await run('pg-pool', scenario);
      expect(waits(trace, scenario)).toEqual(served(10, 157, 246, 10));
      expect(trace.opens).toEqual([0, 62, 152, 242]);
      expect(trace.closes).toEqual([60, 122, 212, 302]);
    });
  });
});
