import { describe, expect, it } from 'vitest';
import { faultsOf, faultsWith, scenarioWith, withPassage } from './reading.ts';
import { trafficOf } from '../support/small-system.ts';

const traced = `duration: 1m
traffic: { trace: t.csv }
requests: { query: 5ms }
service: {}
`;
const alone = withPassage(traced, 'requests: { query: 5ms }\n', '');

function serviceWith(table: string, text = traced) {
  const [service] = scenarioWith({ 't.csv': table }, text).system.services;
  if (service === undefined) throw new Error('no service');
  return service;
}

describe('a trace', () => {
  it.each([
    ['instants in seconds', 'at_s\n0\n0.5\n0.5\n61\n', [0, 5e8, 5e8, 61e9], null],
    ['instants in ms, with holds', 'at_ms,hold_ms\n1,20\n2,\n', [1e6, 2e6], [20e6, -1]],
    ['holds that nobody recorded', 'at_ns;hold_s\n1;\n2;\n', [1, 2], null],
    ['requests that got no connection', 'at_s,hold_s\n1,0\n2,3\n', [1e9, 2e9], [-1, 3e9]],
    ['gaps', 'url,gap_us\n/,5\n/,0\n/,1.5\n', [5000, 5000, 6500], null],
  ])('is a list of arrivals: %s', (_, table, at, holds) => {
    const trace = {
      atNs: Float64Array.from(at),
      holdNs: holds === null ? null : Float64Array.from(holds),
    };
    const rate = [{ atNs: 0, perSecond: 0 }];
    expect(serviceWith(table).traffic).toEqual(trafficOf({ rate, trace }));
  });

  it('comes so many times as fast, with the same holds, and on top of a rate', () => {
    const text = withPassage(traced, 't.csv', 't.csv, speed: 2, rate: 7');
    expect(serviceWith('at_s,hold_ms\n1,5\n3,6\n', text).traffic).toMatchObject({
      rate: [{ perSecond: 7 }],
      trace: { atNs: Float64Array.of(5e8, 15e8), holdNs: Float64Array.of(5e6, 6e6) },
    });
  });

  it('makes requests of the mean of its holds when nothing else is said', () => {
    expect(serviceWith('at_s,hold_ms\n1,6\n2,\n3,5\n', alone).requests).toEqual([
      {
        name: 'recorded',
        weight: 1,
        work: { kind: 'hold', hold: { family: 'constant', value: 55e5 } },
      },
    ]);
  });

  it('may be that of one of several services', () => {
    const text = `duration: 1m
services:
  a: { traffic: { trace: t.csv } }
  b: { traffic: { rate: 5 }, requests: { query: 5ms } }
`;
    const { services } = scenarioWith({ 't.csv': 'at_s,hold_s\n1,2\n' }, text).system;
    expect(services.map(({ requests }) => requests[0]?.name)).toEqual(['recorded', 'request']);
    expect(faultsWith({ 't.csv': 'at_s\n1\n' }, text)).toEqual([
      '3:3: services.a.requests: is missing; the trace does not record how long connections are out (hold_ms)',
    ]);
  });

  it('is one array for all states of the timeline, and part of the hash', () => {
    const table = 'at_s\n1\n2\n';
    const text = `${traced}timeline: [{ at: 1s, title: A, set: { service.pool.max: 3 } }]\n`;
    const { system, timeline } = scenarioWith({ 't.csv': table }, text);
    const trace = system.services[0]?.traffic.trace;
    expect(timeline[0]?.settings?.services[0]?.traffic.trace).toBe(trace);
    const hashOf = (rows: string, file = 't.csv') =>
      scenarioWith({ [file]: rows }, withPassage(traced, 't.csv', file)).hash;
    expect(hashOf('at_s\n1\n3\n')).not.toBe(hashOf(table));
    expect(hashOf('# moved\ngap_ms\n1000\n1000\n', 'u.csv')).toBe(hashOf(table));
  });

  it('cannot change during a run', () => {
    const text = `${traced}timeline: [{ at: 1s, title: A, set: { traffic.speed: 3 } }]\n`;
    expect(faultsWith({ 't.csv': 'at_s\n1\n' }, text)).toEqual([
      '5:54: timeline[0].set.traffic.speed: the trace cannot change during a run',
    ]);
  });

  it.each([
    ['at_s\n1\n3\n# a\n2\n', 't.csv:5: comes before the row above it; rows stand in order of time'],
    ['at_s\n1\nx\n', 't.csv:3: x is no number; at_s holds numbers from 0 to 104 days, in s'],
    ['at_s\n', 't.csv has no rows'],
    ['at_s,at_ms\n1,1\n', 't.csv has at_s and at_ms, which exclude each other'],
    ['at_s,gap_ms\n1,1\n', 't.csv has at_s and gap_ms, which exclude each other'],
    [
      'time_s\n1\n',
      't.csv has no column of arrivals: at_s, at_ms, at_us, at_ns or gap_… is needed; it has time_s',
    ],
    ['gap_s\n9e6\n9e6\n', 't.csv:3: is more than 104 days after the start'],
  ])('is refused with the file and the line: %j', (table, message) => {
    expect(faultsWith({ 't.csv': table }, traced)).toEqual([`2:19: traffic.trace: ${message}`]);
  });

  it('must be readable, and is needed for a speed; a speed is above 0', () => {
    expect(faultsOf(traced)).toEqual([
      '2:19: traffic.trace: cannot read t.csv: no files can be read here',
    ]);
    const table = { 't.csv': 'at_s\n1\n' };
    expect(faultsWith(table, withPassage(traced, 'trace: t.csv', 'rate: 1, speed: 2'))).toEqual([
      '2:28: traffic.speed: is the speed of a trace, and there is no trace',
    ]);
    expect(faultsWith(table, withPassage(traced, 't.csv', 't.csv, speed: 0'))).toEqual([
      '2:33: traffic.speed: 0 is out of range; a number above 0 and up to 1000000 is needed',
    ]);
    expect(faultsWith(table, alone)).toEqual([
      '1:1: requests: is missing; the trace does not record how long connections are out (hold_ms)',
    ]);
    expect(faultsWith(table, withPassage(alone, 't.csv', 't.csv, rate: 5'))).toEqual([
      '1:1: requests: is missing; it stands beside service',
    ]);
  });
});
