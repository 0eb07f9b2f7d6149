// What the real packages do in corners that their documentation leaves open, pinned because the simulated
// pools copy it. Read from the sources and measured on 28 November 2026.

import { describe, expect, it } from 'vitest';
import type { Product } from './products.ts';
import { HALVES, served, waits } from './small-workload.ts';

const idle = (timeout: number, check = 0, maxIdle = 9) => ({ idle: { timeout, check, maxIdle } });
const at = (...instants: number[]) => instants.map((instant) => ({ at: instant, hold: 10 }));

describe.each(HALVES)('%s', (_half, run) => {
  describe('idle connections', () => {
    it('pg-pool: a timer for each from its return; the floor counts those being opened', async () => {
      const trace = await run('pg-pool', { ...idle(500), min: 1, requests: at(0, 105) });
      expect(trace.closes).toEqual([610]);
    });
    it('pg-pool: one whose timer fires at the floor stays for ever', async () => {
      const trace = await run('pg-pool', { ...idle(500), min: 2, requests: at(0, 1, 2) });
      expect(trace.closes).toEqual([610]);
    });
    it('knex: checks from the first grant on, closes at the timeout, stops when empty', async () => {
      const requests = at(0, 1000);
      const trace = await run('knex', { ...idle(190, 50), requests });
      expect(trace.closes).toEqual([300, 1300]);
    });
    it('knex: the floor counts connections in use', async () => {
      const requests = [...at(0), { at: 1, hold: 1000 }];
      expect((await run('knex', { ...idle(200, 50), min: 1, requests })).closes).toEqual([350]);
    });
    it('generic-pool: checks from the start, closes after the timeout, ignores the floor and refills', async () => {
      const trace = await run('generic-pool', {
        ...idle(200, 100),
        min: 1,
        end: 1000,
        requests: [],
      });
      expect(trace.opens).toEqual([0, 400, 800]);
      expect(trace.closes).toEqual([400, 800]);
    });
    it('sequelize-pool: checks from a return on, at the timeout, until nothing is idle', async () => {
      const trace = await run('sequelize-pool', { ...idle(100, 50), requests: at(0, 1000) });
      expect(trace.closes).toEqual([210, 1210]);
    });
    it('sequelize-pool: keeps the floor, which it does not open by itself', async () => {
      const trace = await run('sequelize-pool', { ...idle(100, 50), min: 1, requests: at(0, 1) });
      expect(trace.opens).toEqual([0, 1]);
      expect(trace.closes).toEqual([210]);
    });
    it('mysql2: checks each 1000 from the start, closes after the timeout', async () => {
      const requests = at(0, 1890);
      expect((await run('mysql2', { ...idle(890, 0, 2), requests })).closes).toEqual([3000]);
    });
    it('mysql2: closes what is beyond its number of idle ones, however young', async () => {
      const requests = at(870, 871, 872);
      expect((await run('mysql2', { ...idle(5000, 0, 1), requests })).closes).toEqual([
        1000, 1000, 6000,
      ]);
    });
  });

  describe('lifetime and uses', () => {
    it('pg-pool: a lifetime counts from the connect and closes an idle connection at once', async () => {
      const trace = await run('pg-pool', { lifetime: 300, requests: at(0) });
      expect(trace.closes).toEqual([400]);
    });
    it('pg-pool: a connection in use is closed on its return', async () => {
      const trace = await run('pg-pool', { lifetime: 300, requests: [{ at: 0, hold: 350 }] });
      expect(trace.closes).toEqual([450]);
    });
    it('pg-pool: a connection that comes too late for its waiter has been used once', async () => {
      const requests = [{ at: 0, hold: 55 }, ...at(100)];
      const settings = { max: 1, maxUses: 1, timeout: 100, connect: 90 };
      const trace = await run('pg-pool', { ...settings, requests });
      expect(waits(trace, { requests })).toEqual(['served 90', 'timeout 100']);
      expect(trace.opens).toEqual([0, 145]);
      expect(trace.closes).toEqual([145, 235]);
    });
    it('sequelize-pool: a used-up connection is replaced for who waits, and up to the floor', async () => {
      const requests = at(0, 1, 2);
      const trace = await run('sequelize-pool', { max: 2, min: 2, maxUses: 1, requests });
      expect(waits(trace, { requests })).toEqual(served(100, 100, 208));
      expect(trace.opens).toEqual([0, 1, 110, 111, 220]);
    });
  });

  describe('a timeout while connecting', () => {
    it('pg-pool: an attempt begun for one who waited is broken off as well, at its own timeout', async () => {
      const requests = at(0, 10, 100);
      const trace = await run('pg-pool', { max: 1, timeout: 60, requests });
      expect(waits(trace, { requests })).toEqual(['timeout 60', 'timeout 60', 'timeout 60']);
      expect(trace.opens).toEqual([0, 60, 120]);
    });
    it.each<Product>(['knex', 'generic-pool', 'sequelize-pool'])('%s: goes on', async (product) => {
      const requests = at(0, 150);
      const trace = await run(product, { timeout: 60, requests });
      expect(waits(trace, { requests })).toEqual(['timeout 60', 'served 0']);
      expect(trace.opens).toEqual([0]);
    });
  });

  describe('a failed connect', () => {
    it('generic-pool: nobody repeats one that was to fill up the pool', async () => {
      const trace = await run('generic-pool', {
        ...idle(5000, 100),
        min: 1,
        fails: (n) => n === 0,
        end: 1000,
        requests: at(500),
      });
      expect(trace.opens).toEqual([0, 500]);
    });
    it('sequelize-pool: nor does it here', async () => {
      const settings = { min: 1, maxUses: 1, fails: (n: number) => n === 1 };
      const trace = await run('sequelize-pool', { ...settings, requests: at(0, 500) });
      expect(trace.opens).toEqual([0, 110, 500, 610]);
    });
    it('tarn: one more attempt for each failure, after the pause; others need not wait for it', async () => {
      const requests = [0, 10, 150].map((instant) => ({ at: instant, hold: 1000 }));
      const trace = await run('tarn', { fails: (n) => n < 2, requests });
      expect(trace.opens).toEqual([0, 10, 150, 300, 310]);
      expect(waits(trace, { requests })).toEqual(served(250, 390, 260));
    });
  });

  describe('validation', () => {
    const dying = (diesAt: number, takes: number) => ({ validation: { diesAt, takes } });

    it.each<Product>(['knex', 'generic-pool'])(
      '%s: tests new connections, too',
      async (product) => {
        const requests = at(0);
        const trace = await run(product, { ...dying(9000, 20), requests });
        expect(waits(trace, { requests })).toEqual(served(120));
      },
    );
    it.each<Product>(['knex', 'generic-pool'])(
      '%s: a dead one is closed and replaced',
      async (product) => {
        const requests = at(0, 500);
        const trace = await run(product, { ...dying(300, 20), requests });
        expect(waits(trace, { requests })).toEqual(served(120, 140));
        expect(trace.opens).toEqual([0, 520]);
        expect(trace.closes).toEqual([520]);
      },
    );
    it('knex: a timeout during the test closes the connection, however alive', async () => {
      const requests = at(0);
      const trace = await run('knex', { ...dying(9000, 50), timeout: 130, requests });
      expect(waits(trace, { requests })).toEqual(['timeout 130']);
      expect(trace.closes).toEqual([130]);
    });
    it('generic-pool: a tested connection goes to whoever is first then', async () => {
      const requests = at(0, 140);
      const trace = await run('generic-pool', { ...dying(9000, 50), timeout: 130, requests });
      expect(waits(trace, { requests })).toEqual(['timeout 130', 'served 10']);
    });
    it('sequelize-pool: opens one more for each dead one while somebody waits', async () => {
      const requests = [...at(0, 1, 2), ...at(500)];
      const trace = await run('sequelize-pool', { ...dying(300, 0), requests });
      expect(waits(trace, { requests })).toEqual(served(100, 100, 100, 100));
      expect(trace.opens).toEqual([0, 1, 2, 500, 500, 500]);
      expect(trace.closes).toEqual([500, 500, 500]);
    });
  });

  describe('the line', () => {
    it('knex: two whose connections die together come back in the opposite order', async () => {
      const requests = [...at(0, 1), ...at(500, 501)];
      const settings = { max: 2, validation: { diesAt: 300, takes: 20 } };
      const trace = await run('knex', { ...settings, requests });
      expect(waits(trace, { requests })).toEqual(served(120, 120, 141, 139));
    });
    it('generic-pool: turns away only when full', async () => {
      const requests = at(0, 1, 2, 3);
      const trace = await run('generic-pool', { max: 2, maxWaiting: 1, requests });
      expect(waits(trace, { requests })).toEqual([...served(100, 100), 'full 0', 'full 0']);
    });
    it('mysql2: counts only those who do not open a connection themselves', async () => {
      const requests = at(0, 1, 2, 3);
      const trace = await run('mysql2', { max: 2, maxWaiting: 1, requests });
      expect(waits(trace, { requests })).toEqual([...served(100, 100, 108), 'full 0']);
    });
  });
});
