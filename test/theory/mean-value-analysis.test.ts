import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asymptoticBounds } from '../../src/theory/asymptotic-bounds.ts';
import { machineRepair } from '../../src/theory/machine-repair.ts';
import { meanValueAnalysis } from '../../src/theory/mean-value-analysis.ts';
import { fuzzed } from '../support/fuzz.ts';

const time = fc.double({ min: 1e-3, max: 10, noNaN: true });
const station = fc.record({
  meanServiceSeconds: time,
  visits: fc.double({ min: 0.1, max: 20, noNaN: true }),
  servers: fc.oneof(fc.constant(1), fc.integer({ min: 2, max: 6 }), fc.constant(Infinity)),
});
const network = fc.record({
  clients: fc.integer({ min: 1, max: 60 }),
  meanThinkSeconds: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 100, noNaN: true })),
  stations: fc.array(station, { minLength: 1, maxLength: 4 }),
});

describe('meanValueAnalysis', () => {
  it('gives the response times of example 34.2 of Jain, Art of Computer Systems Performance', () => {
    const { stations, meanResponseSeconds, throughputPerSecond } = meanValueAnalysis({
      clients: 20,
      meanThinkSeconds: 4,
      stations: [
        { meanServiceSeconds: 0.125, visits: 16 },
        { meanServiceSeconds: 0.3, visits: 10 },
        { meanServiceSeconds: 0.2, visits: 5 },
      ],
    });
    // The book prints three decimals.
    const [cpu, diskA, diskB] = stations.map((one) => one.meanResponseSeconds);
    expect(cpu).toBeCloseTo(0.373, 3);
    expect(diskA).toBeCloseTo(4.854, 3);
    expect(diskB).toBeCloseTo(0.3, 3);
    expect(throughputPerSecond * (meanResponseSeconds + 4)).toBeCloseTo(20, 12);
  });

  it('agrees with the machine-repair chain at one station of several servers', () => {
    const sources = fc.record({
      clients: fc.integer({ min: 1, max: 80 }),
      meanThinkSeconds: fc.oneof(fc.constant(0), time),
      meanServiceSeconds: time,
      servers: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(sources, ({ clients, meanThinkSeconds, ...only }) => {
        const exact = machineRepair({ clients, meanThinkSeconds, ...only });
        const found = meanValueAnalysis({ clients, meanThinkSeconds, stations: [only] });
        expect(found.throughputPerSecond / exact.throughputPerSecond).toBeCloseTo(1, 10);
        expect(found.meanResponseSeconds / exact.meanResponseSeconds).toBeCloseTo(1, 10);
        expect(found.stations[0]?.utilisation).toBeCloseTo(exact.utilisation, 10);
      }),
      fuzzed(100),
    );
  });

  it('accounts for every client and stays within the asymptotic bounds', () => {
    fc.assert(
      fc.property(network, (given) => {
        const found = meanValueAnalysis(given);
        const bounds = asymptoticBounds(given);
        const rounding = 1 + 1e-10;
        expect(found.throughputPerSecond).toBeLessThanOrEqual(bounds.mostPerSecond * rounding);
        expect(found.throughputPerSecond).toBeGreaterThanOrEqual(bounds.leastPerSecond / rounding);
        expect(found.meanResponseSeconds).toBeLessThanOrEqual(
          bounds.mostResponseSeconds * rounding,
        );
        // The bound N·D_max − Z is a difference: its rounding counts against the whole cycle.
        const slack = 1e-10 * (bounds.leastResponseSeconds + given.meanThinkSeconds);
        expect(found.meanResponseSeconds).toBeGreaterThanOrEqual(
          bounds.leastResponseSeconds - slack,
        );
        const inStations = found.stations.reduce((sum, one) => sum + one.meanInStation, 0);
        const thinking = found.throughputPerSecond * given.meanThinkSeconds;
        expect((inStations + thinking) / given.clients).toBeCloseTo(1, 10);
      }),
      fuzzed(200),
    );
  });

  it('does not depend on the order of the stations', () => {
    fc.assert(
      fc.property(network, (given) => {
        const forwards = meanValueAnalysis(given);
        const backwards = meanValueAnalysis({ ...given, stations: given.stations.toReversed() });
        const there = forwards.stations.map((one) => one.meanInStation);
        const back = backwards.stations.map((one) => one.meanInStation).toReversed();
        there.forEach((mean, i) => {
          expect(back[i]).toBeCloseTo(mean, 8);
        });
      }),
      fuzzed(50),
    );
  });

  it('stays exact with a saturated station of many servers', () => {
    const { throughputPerSecond, stations } = meanValueAnalysis({
      clients: 1000,
      meanThinkSeconds: 1,
      stations: [{ meanServiceSeconds: 1, servers: 50 }, { meanServiceSeconds: 0.001 }],
    });
    expect(throughputPerSecond).toBeCloseTo(50, 9);
    // The small station sees a Poisson stream of 50/s: 0.05/(1 − 0.05) are there.
    expect(stations[1]?.meanInStation).toBeCloseTo(0.05 / 0.95, 6);
  });

  it('refuses a network that means nothing', () => {
    expect(() => meanValueAnalysis({ clients: 2, stations: [] })).toThrow(
      'stations are at least one, not none',
    );
    const still = { clients: 2, stations: [{ meanServiceSeconds: 1 }, { meanServiceSeconds: 0 }] };
    expect(() => meanValueAnalysis(still)).toThrow(
      'stations[1].meanServiceSeconds is a finite number above 0, not 0',
    );
  });
});
