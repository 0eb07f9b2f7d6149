import { describe, expect, it } from 'vitest';
import { locate, withValue } from '../../src/scenario/document-path.ts';
import { formatPath, parsePath } from '../../src/scenario/path.ts';

const document = {
  traffic: {
    rate: [
      { at: '0s', rps: 1 },
      { at: '1s', rps: 2 },
    ],
  },
  requests: [
    { name: 'page', query: { lognormal: { mean: '5ms', cv: 1 }, cpu: '40%' } },
    { name: 'api', hold: '5ms' },
  ],
  service: { pool: { max: 10 } },
  alerts: [{ name: 'ErrorRate', when: 'errors > 5%' }],
};

function place(text: string, of: unknown = document): unknown {
  const found = locate(of, text);
  return found.ok ? found.value : found.message;
}

describe('parsePath', () => {
  it('splits at dots and brackets', () => {
    expect(parsePath('service.pool.max')).toEqual(['service', 'pool', 'max']);
    expect(parsePath('traffic.rate[1].rps')).toEqual(['traffic', 'rate', 1, 'rps']);
    expect(parsePath('services.web-2.pool')).toEqual(['services', 'web-2', 'pool']);
  });

  it('refuses what is no path', () => {
    for (const text of [
      '',
      '.',
      'a.',
      '.a',
      'a..b',
      'a[',
      'a[x]',
      'a[-1]',
      '[0]',
      'a b',
      'a[0]b',
    ]) {
      expect(parsePath(text), text).toBeNull();
    }
  });
});

describe('formatPath', () => {
  it('names the items of lists that have names', () => {
    expect(formatPath(['requests', 1, 'hold'], document)).toBe('requests.api.hold');
    expect(formatPath(['traffic', 'rate', 1, 'rps'], document)).toBe('traffic.rate[1].rps');
    expect(formatPath([], document)).toBe('');
  });
});

describe('a surge whose name has blanks', () => {
  const surges = [
    { name: 'lunch', peak: 800 },
    { name: 'flash sale', peak: 1800 },
    { name: 'v2.0 (beta)', peak: 900 },
  ];
  const of = { traffic: { surges } };

  it('goes by hyphens or its index, in what is read and in what is written', () => {
    expect(place('traffic.surges.flash-sale.peak', of)).toEqual(['traffic', 'surges', 1, 'peak']);
    expect(place('traffic.surges[1].peak', of)).toEqual(['traffic', 'surges', 1, 'peak']);
    expect(formatPath(['traffic', 'surges', 1, 'peak'], of)).toBe('traffic.surges.flash-sale.peak');
  });

  it('goes by its index alone where a path cannot hold it', () => {
    expect(formatPath(['traffic', 'surges', 2, 'peak'], of)).toBe('traffic.surges[2].peak');
    expect(place('traffic.surges.sale', of)).toBe(
      'traffic.surges has no item named sale; there are: lunch, flash-sale',
    );
  });
});

describe('locate', () => {
  it('finds items of lists by name and by index', () => {
    expect(place('requests.api.hold')).toEqual(['requests', 1, 'hold']);
    expect(place('requests[1].hold')).toEqual(['requests', 1, 'hold']);
    expect(place('alerts.ErrorRate.when')).toEqual(['alerts', 0, 'when']);
  });

  it('leads to keys that are not there yet', () => {
    expect(place('service.balancer')).toEqual(['service', 'balancer']);
    expect(place('database.connect.latency')).toEqual(['database', 'connect', 'latency']);
  });

  it('lets the name of the only request class be left out, or stand for it', () => {
    for (const requests of [
      { query: { cpu: '40%' } },
      { name: 'page', query: { cpu: '40%' } },
      [{ query: { cpu: '40%' } }],
      [{ name: 'page', query: { cpu: '40%' } }],
    ]) {
      const only = Array.isArray(requests) ? ['requests', 0] : ['requests'];
      const name = JSON.stringify(requests).includes('page') ? 'page' : 'request';
      expect(place('requests.query.cpu', { requests })).toEqual([...only, 'query', 'cpu']);
      expect(place(`requests.${name}.query.cpu`, { requests })).toEqual([...only, 'query', 'cpu']);
      expect(place('requests[0].query.cpu', { requests })).toEqual([...only, 'query', 'cpu']);
    }
  });

  it('says what is there instead', () => {
    expect(place('requests.apo.hold')).toBe('requests has no item named apo; did you mean api?');
    expect(place('requests.query.cpu')).toBe(
      'requests has no item named query; there are: page, api',
    );
    expect(place('traffic.rate.first')).toBe(
      'traffic.rate has no item named first; there are: [0] to [1]',
    );
    expect(place('traffic.rate[2].rps')).toBe('traffic.rate has 2 items; [2] is not one of them');
    expect(place('service.pool.max.x')).toBe('service.pool.max is 10; nothing in it is named x');
    expect(place('service[0]')).toBe('service is no list; [i] is for lists');
    expect(place('a..b')).toBe('a..b is no path such as service.pool.max');
  });
});

describe('withValue', () => {
  it('copies what lies on the path and shares the rest', () => {
    const changed = withValue(document, ['requests', 0, 'query', 'cpu'], '50%') as typeof document;
    expect(changed.requests[0]?.query?.cpu).toBe('50%');
    expect(document.requests[0]?.query?.cpu).toBe('40%');
    expect(changed.traffic).toBe(document.traffic);
    expect(changed.requests[1]).toBe(document.requests[1]);
  });

  it('makes the maps that are missing', () => {
    expect(withValue({}, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
    expect(withValue({ a: null }, ['a', 'b'], 1)).toEqual({ a: { b: 1 } });
  });
});
