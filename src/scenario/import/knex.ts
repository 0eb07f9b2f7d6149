/** A knexfile as JSON: `{ "client": "pg", "pool": { "min": 2, "max": 10 }, "acquireConnectionTimeout": 60000 }`. */
import { entry } from '../path.ts';
import type { Dialect } from './found-pool.ts';
import type { Importer } from './importer.ts';
import { isSectioned, readSectioned, type SectionedProduct } from './sectioned-product.ts';
import { profileOf } from './written.ts';

export const knex: Importer = {
  kind: 'knexfile',
  profiles: ['knex'],
  fits: (configuration) => isSectioned(product, configuration),
  read: (configuration, context) => readSectioned(product, configuration, context),
};

const product: SectionedProduct = {
  kind: knex.kind,
  product: 'knex',
  dialect,
  isSection,
  beside: ['acquireConnectionTimeout'],
};

const SHOWN_BY = ['connection', 'pool', 'acquireConnectionTimeout', 'migrations'];

function isSection(value: unknown): boolean {
  const isHere = (key: string): boolean => entry(value, key) !== undefined;
  return typeof entry(value, 'client') === 'string' && SHOWN_BY.some(isHere);
}

function dialect(): Dialect {
  return {
    profile: profileOf('knex'),
    names: 'exact',
    textual: false,
    besides: {
      'says where the database is': ['client', 'connection', 'dialect', 'version', 'searchPath'],
      'is about queries, not about the pool': [
        ...['useNullAsDefault', 'wrapIdentifier', 'postProcessResponse', 'fetchAsString'],
        ...['userParams', 'jsonbSupport', 'compileSqlOnError', 'replication'],
      ],
      'is about migrations': ['migrations', 'seeds'],
      'is about logs': ['debug', 'asyncStackTraces', 'log', 'pool.log', 'pool.name'],
      'is code': ['pool.afterCreate', 'pool.validate', 'pool.create', 'pool.destroy'],
    },
  };
}
