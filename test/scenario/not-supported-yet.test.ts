import { describe, expect, it } from 'vitest';
import { faultsOf, minimal, said, withPassage } from './reading.ts';

describe('what the format knows and this version does not support', () => {
  it.each(
    [
      [
        withPassage(minimal, 'rate: 100', 'arrivals: hyperexponential, rate: 100'),
        '2:22: traffic.arrivals: hyperexponential is known, not supported yet; allowed: poisson, deterministic, or a map with erlang, batch or mmpp',
      ],
      [
        withPassage(
          minimal,
          'rate: 100',
          'client: { retry: { jitter: 0.5 }, hedge: 1s }, rate: 100',
        ),
        '2:31: traffic.client.retry.jitter: known, not supported yet',
        '2:46: traffic.client.hedge: known, not supported yet',
      ],
      [
        withPassage(minimal, 'query: 5ms', 'query: 5ms, priority: 1'),
        '3:25: requests.priority: known, not supported yet',
      ],
      [
        withPassage(minimal, 'service: {}', 'service: { balancer: power-of-two }'),
        '4:22: service.balancer: power-of-two is known, not supported yet; allowed: round-robin, random, least-connections',
      ],
      [
        withPassage(
          minimal,
          'service: {}',
          'service: { pool: { from: ./application.yml, maxLifetime: 5m } }',
        ),
        '4:20: service.pool.from: a file is read for a pool as the run begins; write the settings themselves here',
        '4:45: service.pool.maxLifetime: known, not supported yet',
      ],
      [
        `${minimal}database: { contention: cliff, connect: { acceptRate: 5 } }`,
        '5:25: database.contention: cliff is known, not supported yet; allowed: none, cores',
        '5:43: database.connect.acceptRate: known, not supported yet',
      ],
      [
        `${minimal}database: { contention: { cliff: {} } }`,
        '5:27: database.contention.cliff: known, not supported yet',
      ],
      [
        `${minimal}timezone: Europe/Berlin`,
        '5:11: timezone: Europe/Berlin: names of time zones are known, not supported yet; write UTC or an offset such as +02:00',
      ],
    ].map(said),
  )('%s', (_, { text, faults }) => {
    expect(faultsOf(text)).toEqual(faults);
  });
});
