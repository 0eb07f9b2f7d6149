import { describe, expect, it } from 'vitest';
import { scenarioJsonSchema } from '../../src/scenario/json-schema.ts';
import { isList, isMap, valueAt } from '../../src/scenario/path.ts';

const schema = scenarioJsonSchema();

/** The schema of a key, found by the names of properties on the way to it, through alternatives. */
function schemaOf(...keys: string[]): unknown {
  let here: unknown = schema;
  for (const key of keys) here = step(here, key);
  return here;
}

function step(here: unknown, key: string): unknown {
  const direct = valueAt(here, ['properties', key]);
  if (direct !== undefined) return direct;
  const others = [valueAt(here, ['items']), valueAt(here, ['additionalProperties'])];
  const alternatives = valueAt(here, ['anyOf']);
  for (const other of [...others, ...(isList(alternatives) ? alternatives : [])]) {
    const found = isMap(other) ? step(other, key) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Every map of `properties` in the schema, with the path to it. */
function propertiesIn(here: unknown, path: string): [string, Record<string, unknown>][] {
  if (isList(here)) return here.flatMap((item, i) => propertiesIn(item, `${path}[${i}]`));
  if (!isMap(here)) return [];
  return Object.entries(here).flatMap(([key, value]): [string, Record<string, unknown>][] => {
    const below = propertiesIn(value, `${path}.${key}`);
    return key === 'properties' && isMap(value) ? [[path, value], ...below] : below;
  });
}

describe('the JSON schema', () => {
  it('is plain JSON for the current draft', () => {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema['$schema']).toBe('https://json-schema.org/draft/2020-12/schema');
  });

  it('says of every key what it means', () => {
    for (const [path, properties] of propertiesIn(schema, '')) {
      for (const [key, value] of Object.entries(properties)) {
        expect(valueAt(value, ['description']), `${path}.${key}`).toEqual(expect.any(String));
      }
    }
  });

  it('knows every key, the words and ranges of values, and the defaults', () => {
    expect(schemaOf('service', 'pool', 'max')).toMatchObject({
      type: 'integer',
      minimum: 1,
      maximum: 1e6,
      default: 10,
    });
    expect(schemaOf('service', 'balancer')).toMatchObject({
      enum: ['round-robin', 'random', 'least-connections'],
    });
    expect(schemaOf('services', 'pool', 'acquireTimeout')).toMatchObject({ default: 'none' });
    expect(schemaOf('database', 'contention', 'usl', 'kappa')).toMatchObject({ type: 'number' });
    expect(schemaOf('timeline', 'restart', 'each')).toMatchObject({ type: 'string' });
    for (const family of ['constant', 'exponential', 'lognormal', 'uniform', 'percentiles']) {
      expect(schemaOf('requests', 'query', family), family).toBeDefined();
      expect(schemaOf('database', 'connect', 'latency', family), family).toBeDefined();
    }
  });

  it('allows no other keys, so that editors mark typing errors', () => {
    for (const keys of [[], ['traffic'], ['service'], ['service', 'pool'], ['database']]) {
      expect(schemaOf(...keys)).toMatchObject({ additionalProperties: false });
    }
  });

  it('knows the settings of real pools, and which go together', () => {
    expect(schemaOf('service', 'pool', 'maximumPoolSize')).toMatchObject({
      description: 'A setting of HikariCP',
    });
    const rules = valueAt(schema, ['$defs', 'pools', 'allOf']);
    const hikaricp = (isList(rules) ? rules : []).find((rule) =>
      JSON.stringify(valueAt(rule, ['if'])).includes('hikaricp'),
    );
    expect(valueAt(hikaricp, ['then', 'properties', 'connectionTimeout'])).toMatchObject({
      description: expect.stringMatching(/^HikariCP: How long/) as string,
      default: 30_000,
      anyOf: [{ type: 'number', minimum: 250 }, { $ref: '#/$defs/duration' }, { const: 0 }],
    });
    const names = valueAt(hikaricp, ['then', 'propertyNames', 'enum']);
    expect(names).toEqual(expect.arrayContaining(['maximum-pool-size', 'max', 'initial']));
    expect(names).not.toEqual(expect.arrayContaining(['reconnectShare']));
  });

  it('needs what every scenario needs', () => {
    expect(schema['required']).toEqual(['duration']);
  });

  it('gives examples of what is written', () => {
    expect(schemaOf('start')).toMatchObject({ examples: ['2024-01-21T13:30:00Z'] });
  });
});
