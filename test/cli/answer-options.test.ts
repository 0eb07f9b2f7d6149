import { describe, expect, it } from 'vitest';
import { databaseOf, holdsOf, objectivesOf, ratesOf } from '../../src/cli/init/answer-options.ts';
import { asOptions } from '../../src/cli/init/as-options.ts';

describe('an answer is what options would have said', () => {
  it.each([
    ['450', { rate: '450/s' }],
    ['27000/min', { rate: '27000/min' }],
    ['now 450/s', { rate: '450/s' }],
    ['450/s, lunch 800/s', { rate: '450/s', surge: ['lunch 800/s'] }],
    ['450; flash sale: 1800, ', { rate: '450/s', surge: ['flash sale: 1800'] }],
    ['1e3', { rate: '1000/s' }],
  ])('about rates: %s', (answer, options) => {
    expect(ratesOf(answer)).toEqual(options);
  });

  it.each([
    ['24ms', { holdMean: '24ms' }],
    ['mean 24 ms', { holdMean: '24ms' }],
    ['12ms 180ms', { holdP50: '12ms', holdP99: '180ms' }],
    ['p50 12ms, p99 180ms', { holdP50: '12ms', holdP99: '180ms' }],
    ['p99=1.5 s and P50=12 ms', { holdP50: '12ms', holdP99: '1.5s' }],
    ['p50: 12ms p99: 1m30s mean: 2s', { holdMean: '2s', holdP50: '12ms', holdP99: '1m30s' }],
    ['p50 12', { holdP50: '12' }],
    // What cannot be read goes on as it is: the check of the option says what is wrong with it.
    ['p50 12ms, 180ms', { holdMean: 'p50 12ms, 180ms' }],
    ['12ms 20ms 180ms', { holdMean: '12ms 20ms 180ms' }],
    ['a while', { holdMean: 'a while' }],
    ['p95 12ms', { holdMean: 'p95 12ms' }],
    ['12ms or so', { holdMean: '12ms or so' }],
  ])('about holds: %s', (answer, options) => {
    expect(holdsOf(answer)).toEqual(options);
  });

  it.each([
    ['4', { dbCores: '4' }],
    ['4, 100', { dbCores: '4', dbMax: '100' }],
    ['4 100', { dbCores: '4', dbMax: '100' }],
    ['8 vCPU and 200 connections', { dbCores: '8', dbMax: '200' }],
    ['8 cores, max_connections = 200', { dbCores: '8', dbMax: '200' }],
    ['max_connections 100, 4 cores', { dbCores: 'max_connections 100, 4 cores' }],
    ['4, 100, 7', { dbCores: '4, 100, 7' }],
  ])('about the database: %s', (answer, options) => {
    expect(databaseOf(answer)).toEqual(options);
  });

  it('about what must hold: one condition after the other', () => {
    expect(objectivesOf('errors < 1%, response p99 < 1s')).toEqual({
      objective: ['errors < 1%', 'response p99 < 1s'],
    });
  });
});

describe('answers as a command line', () => {
  it('have the names of the options, and quotes where a shell needs them', () => {
    const raw = { pods: '8', surge: ['lunch=800/s', "baker's dozen 13"], holdP50: '12ms' };
    expect(asOptions(['my app.yml'], raw)).toBe(
      "tidemark init 'my app.yml' --pods 8 --surge lunch=800/s --surge 'baker'\\''s dozen 13' --hold-p50 12ms",
    );
  });
});
