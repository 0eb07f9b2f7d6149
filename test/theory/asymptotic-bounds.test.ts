import { describe, expect, it } from 'vitest';
import { asymptoticBounds, saturationPerSecond } from '../../src/theory/asymptotic-bounds.ts';
import { littlesPopulation } from '../../src/theory/little.ts';

describe('asymptoticBounds', () => {
  it('gives the bounds of section 9.6 of Bolch and others, Queueing Networks and Markov Chains', () => {
    const bounds = asymptoticBounds({
      clients: 20,
      meanThinkSeconds: 120,
      stations: [{ meanServiceSeconds: 9.2 }, { meanServiceSeconds: 8 }],
    });
    expect(bounds.mostPerSecond).toBeCloseTo(0.109, 3);
    expect(bounds.leastResponseSeconds).toBeCloseTo(64, 9);
  });

  it('lets few clients through at once: then the whole cycle is the bound', () => {
    const bounds = asymptoticBounds({
      clients: 2,
      meanThinkSeconds: 3,
      stations: [{ meanServiceSeconds: 0.5, visits: 2 }],
    });
    expect(bounds).toEqual({
      mostPerSecond: 0.5,
      leastPerSecond: 0.4,
      leastResponseSeconds: 1,
      mostResponseSeconds: 2,
      kneeClients: 4,
    });
  });

  it('counts a delay in the response and never as a bottleneck', () => {
    const stations = [{ meanServiceSeconds: 5, servers: Infinity }, { meanServiceSeconds: 1 }];
    expect(asymptoticBounds({ clients: 100, stations })).toMatchObject({
      mostPerSecond: 1,
      kneeClients: 6,
    });
  });
});

describe('the asymptotic crossing', () => {
  // PostgreSQL 18 on 2 virtual CPUs: connections, transactions a second, mean latency in ms.
  const measured = [
    { clients: 2, perSecond: 356.81, latencyMs: 5.605 },
    { clients: 4, perSecond: 676.74, latencyMs: 5.908 },
    { clients: 8, perSecond: 1357.28, latencyMs: 5.891 },
    { clients: 16, perSecond: 2204.81, latencyMs: 7.248 },
    { clients: 32, perSecond: 2421.58, latencyMs: 13.197 },
  ];

  it('lies between 8 and 16 connections for a published PostgreSQL 18 on 2 CPUs', () => {
    const alone = Math.min(...measured.map((point) => point.latencyMs)) / 1000;
    const peak = Math.max(...measured.map((point) => point.perSecond));
    // The demand of the bottleneck is 1/X_max; the rest of the latency alone is a delay.
    const { kneeClients } = asymptoticBounds({
      clients: 32,
      stations: [
        { meanServiceSeconds: 1 / peak },
        { meanServiceSeconds: alone - 1 / peak, servers: Infinity },
      ],
    });
    expect(kneeClients).toBeGreaterThan(8);
    expect(kneeClients).toBeLessThan(16);
  });

  it("belongs to figures that obey Little's law within one per cent", () => {
    for (const { clients, perSecond, latencyMs } of measured) {
      const population = littlesPopulation({
        throughputPerSecond: perSecond,
        meanResponseSeconds: latencyMs / 1000,
      });
      expect(Math.abs(population / clients - 1)).toBeLessThan(0.01);
    }
  });
});

describe('saturationPerSecond', () => {
  it('is what the station with the largest demand per server gets through', () => {
    const stations = [
      { meanServiceSeconds: 0.06, servers: 10 },
      { meanServiceSeconds: 0.004, visits: 2 },
    ];
    expect(saturationPerSecond(stations)).toBe(125);
  });

  it('knows no limit when nothing queues', () => {
    expect(saturationPerSecond([{ meanServiceSeconds: 1, servers: Infinity }])).toBe(Infinity);
  });
});
