import { describe, expect, it } from 'vitest';
import { faultsOf, minimal, said, withPassage } from './reading.ts';

describe('services', () => {
  it.each(
    [
      [
        'duration: 1m\n',
        [
          '1:1: service: is missing; service or services is needed',
          '1:1: traffic: is missing; it stands beside service',
          '1:1: requests: is missing; it stands beside service',
        ],
      ],
      [
        'duration: 1m\nservices: {}\n',
        ['2:11: services: holds no service; at least one is needed'],
      ],
      [
        'duration: 1m\nservices: []\n',
        ['2:11: services: is no map of services, name: { traffic, requests, pool, … }'],
      ],
      [
        'duration: 1m\nservices: { web: {} }\n',
        ['2:13: services.web.traffic: is missing', '2:13: services.web.requests: is missing'],
      ],
      [
        'duration: 1m\nservices: { "web 1": { traffic: { rate: 1 }, requests: { query: 5ms } } }\n',
        [
          '2:13: services.web 1: "web 1" is no name; letters, digits, _ and - are allowed, beginning with a letter',
        ],
      ],
      [
        `${minimal}services: {}\n`,
        ['5:11: services: service and services exclude each other; keep one'],
      ],
      [
        'duration: 1m\ntraffic: { rate: 1 }\nservices: { web: { traffic: { rate: 1 }, requests: { query: 5ms } } }\n',
        ['2:1: traffic: stands inside each service when there are services'],
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });

  it('must be named when one of several restarts', () => {
    const text = `duration: 1m
services:
  web: { traffic: { rate: 1 }, requests: { query: 5ms } }
  jobs: { traffic: { rate: 1 }, requests: { query: 5ms } }
timeline:
  - { at: 1s, title: One, restart: { each: 1s } }
  - { at: 2s, title: Two, restart: { each: 1s, service: jbos } }
`;
    expect(faultsOf(text)).toEqual([
      '6:27: timeline[0].restart.service: is missing; there are several services: web, jobs',
      '7:57: timeline[1].restart.service: there is no service jbos; did you mean jobs?',
    ]);
  });
});

describe('request classes', () => {
  it('need names that differ when there are several', () => {
    const text = withPassage(
      minimal,
      '{ query: 5ms }',
      '[{ name: a, query: 5ms }, { name: a, query: 5ms }, { query: 5ms }]',
    );
    expect(faultsOf(text)).toEqual([
      '3:45: requests.a.name: a is the name of two classes',
      '3:62: requests[2].name: is missing; several classes need names',
    ]);
  });

  it('must be there', () => {
    expect(faultsOf(withPassage(minimal, '{ query: 5ms }', '[]'))).toEqual([
      '3:11: requests: is empty; at least one class is needed',
    ]);
    expect(faultsOf(withPassage(minimal, '{ query: 5ms }', '{}'))).toEqual([
      '3:11: requests: one of these keys is needed: query, hold, steps',
    ]);
  });
});
