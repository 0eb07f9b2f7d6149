import { describe, expect, it } from 'vitest';
import { isPlain, trafficWords } from '../../src/report/traffic-words.ts';
import { minimal, scenarioOf, withPassage } from '../scenario/reading.ts';

function words(traffic: string): string {
  const scenario = scenarioOf(withPassage(minimal, 'rate: 100', traffic));
  const [service] = scenario.system.services;
  if (service === undefined) throw new Error('no service');
  return isPlain(service, scenario) ? 'plain' : trafficWords(service, scenario).join('; ');
}

const surge = (i: number) => `{ peak: ${i}00/s, at: ${i}s, rise: 1s, decay: 1s }`;

describe('traffic in words', () => {
  it.each([
    ['rate: 100', 'plain'],
    ['base: 450/s, surges: []', 'plain'],
    [
      'base: 450/s, surges: [{ name: lunch, peak: 800/s, at: "00:00:12", rise: 5s, decay: 5s }, { name: flash sale, peak: 108000/min, at: 40s, rise: 5s, decay: 5s }]',
      'Poisson arrivals, 450 to 1,800 requests/s, with surges: lunch (to 800 at 00:00:12), flash sale (to 1,800 at 40s)',
    ],
    [
      `base: 50, surges: [${surge(5)}], arrivals: deterministic`,
      'evenly spaced arrivals, 50 to 500 requests/s, with a surge: to 500 at 5s',
    ],
    [
      `base: 50, surges: [${[1, 10, 20, 30, 40, 50].map(surge).join(', ')}]`,
      'Poisson arrivals, 50 to 5,000 requests/s, with surges: to 100 at 1s, to 1,000 at 10s, to 2,000 at 20s, to 3,000 at 30s, 2 more',
    ],
    [
      'startRate: 100, stages: [{ duration: 5s, target: 600/s }, { duration: 10s, target: 600/s }]',
      'Poisson arrivals, 100 to 600 requests/s, in 2 stages of 15s in all',
    ],
    [
      'stairs: { from: 100/s, to: 300/s, step: 100/s, each: 20s }, bursts: [{ at: 1s, count: 5 }]',
      'Poisson arrivals, 100 to 300 requests/s, in 3 levels of 20s; a burst of 5 requests',
    ],
  ])('is said of %s', (traffic, said) => {
    expect(words(traffic)).toBe(said);
  });
});
