/**
 * The key `pool` for editors: one map with every setting of every pool, and for each profile the ones that
 * it has, with their types. So an editor completes what the profile has and marks what it has not.
 */
import { z } from 'zod';
import { durationText } from './native-value.ts';
import { isMap } from './path.ts';
import { genericPool } from './pool-schema.ts';
import { POOL_SOURCE_KEYS } from './pool-source-keys.ts';
import { shapeOf } from './product-pool.ts';
import { genericProfile, POOLERS, PROFILES, settingMeant, type Profile } from './profiles.ts';

type Json = Record<string, unknown>;

interface PoolJson {
  /** Of a service. */
  readonly pool: Json;
  /** Of a pooler in front of the database. */
  readonly pooler: Json;
  /** What both refer to under `$defs` because it is long: `pools`, `duration`. */
  readonly defs: Record<string, Json>;
}

/** JSON schema of pools. */
export function poolJsonSchema(): PoolJson {
  const generic = z.toJSONSchema(genericPool, { io: 'input' })['properties'] as Record<
    string,
    Json
  >;
  const products = PROFILES.map((profile) => ({ profile, properties: propertiesOf(profile) }));
  const pool = {
    type: 'object',
    properties: {
      ...mentions(products),
      ...withoutTypes(generic, products),
      ...fromFile,
      profile: {
        ...generic['profile'],
        enum: [genericProfile, ...namesOf(PROFILES)],
      },
    },
    additionalProperties: false,
    allOf: [{ $ref: '#/$defs/pools' }],
  };
  const pooler = {
    ...pool,
    properties: {
      ...mentions(products.filter(({ profile }) => POOLERS.includes(profile))),
      ...fromFile,
      profile: { description: 'Which pooler it behaves like', enum: namesOf(POOLERS) },
    },
    anyOf: [{ required: ['profile'] }, { required: ['from'] }],
  };
  const ofProducts = products.map(({ profile: { id, aliases = [] }, properties }) => ({
    if: { ...chosen([id, ...aliases]), required: ['profile'] },
    then: only(properties),
  }));
  // A pool that is in a file is the one that the file sets up.
  const isHere = { not: { required: ['from'] } };
  const ofGeneric = { if: { ...chosen([genericProfile]), ...isHere }, then: only(generic) };
  const pools = withSharedDurations({ allOf: [ofGeneric, ...ofProducts] });
  return { pool, pooler, defs: { pools, duration: durationText } };
}

/** Where the settings are, if they are not here. */
const fromFile: Record<string, Json> = Object.fromEntries(
  POOL_SOURCE_KEYS.map(({ key, description }) => [key, { type: 'string', description }]),
);

/** The hundreds of durations in text, each as long as a key's whole schema, refer to one. */
function withSharedDurations(rules: Json): Json {
  const text = JSON.stringify(rules, (_key, value: unknown) => {
    if (!isMap(value) || value['pattern'] !== durationText.pattern) return value;
    const others = Object.entries(value).filter(([key]) => !(key in durationText));
    return { $ref: '#/$defs/duration', ...Object.fromEntries(others) };
  });
  return JSON.parse(text) as Json;
}

function namesOf(profiles: readonly Profile[]): string[] {
  return profiles.flatMap(({ id, aliases = [] }) => [id, ...aliases]);
}

interface Product {
  readonly profile: Profile;
  readonly properties: Record<string, Json>;
}

function propertiesOf(profile: Profile): Record<string, Json> {
  const schema = z.toJSONSchema(z.object(shapeOf(profile)), { io: 'input' });
  const properties = schema['properties'] as Record<string, Json>;
  return Object.fromEntries(
    Object.entries(properties).map(([key, about]) => {
      const byDefault = settingMeant(profile, key)?.default ?? null;
      const isPlain = byDefault !== null && typeof byDefault !== 'object' && byDefault !== Infinity;
      return [key, isPlain ? { ...about, default: byDefault } : about];
    }),
  );
}

function chosen(names: readonly string[]): Json {
  const profile = { enum: names, description: 'Which pool it behaves like' };
  return { properties: { profile } };
}

function only(properties: Record<string, Json>): Json {
  const names = [...Object.keys(properties), ...Object.keys(fromFile)];
  return { properties, propertyNames: { enum: names } };
}

/** Every setting of the products, with those that have it. */
function mentions(products: readonly Product[]): Record<string, Json> {
  const found = new Map<string, string[]>();
  for (const { profile, properties } of products) {
    for (const key of Object.keys(properties)) {
      found.set(key, [...(found.get(key) ?? []), profile.product]);
    }
  }
  return Object.fromEntries(
    [...found].map(([key, names]) => [key, { description: `A setting of ${names.join(', ')}` }]),
  );
}

/** Keys of the generic pool; of those that a product reads otherwise only what is true of both. */
function withoutTypes(
  generic: Record<string, Json>,
  products: readonly Product[],
): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(generic).map(([key, schema]) => {
      const differs = products.some(
        ({ profile, properties }) =>
          key !== 'max' && key in properties && profile.settings.some(({ name }) => name === key),
      );
      if (!differs) return [key, schema];
      return [key, { description: schema['description'], default: schema['default'] }];
    }),
  );
}
