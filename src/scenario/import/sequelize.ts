/** Sequelize's `config/config.json`: `{ "production": { "dialect": "postgres", "pool": { "max": 5 } } }`. */
import { entry } from '../path.ts';
import type { Dialect } from './found-pool.ts';
import type { Importer } from './importer.ts';
import { isSectioned, readSectioned, type SectionedProduct } from './sectioned-product.ts';
import { profileOf } from './written.ts';

export const sequelize: Importer = {
  kind: 'Sequelize configuration',
  profiles: ['sequelize'],
  fits: (configuration) => isSectioned(product, configuration),
  read: (configuration, context) => readSectioned(product, configuration, context),
};

const product: SectionedProduct = {
  kind: sequelize.kind,
  product: 'Sequelize',
  dialect,
  isSection,
  beside: [],
};

const WHERE = [
  ...['database', 'host', 'port', 'url', 'use_env_variable', 'storage', 'dialectModulePath'],
  ...['dialect', 'dialectOptions', 'dialectModule', 'databaseVersion', 'native', 'protocol'],
  ...['ssl', 'schema', 'searchPath', 'replication'],
];

function isSection(value: unknown): boolean {
  const isHere = (key: string): boolean => entry(value, key) !== undefined;
  const isIts = typeof entry(value, 'dialect') === 'string' || isHere('use_env_variable');
  return isIts && !isHere('client') && ['pool', 'username', ...WHERE].some(isHere);
}

function dialect(): Dialect {
  return {
    profile: profileOf('sequelize'),
    names: 'exact',
    textual: false,
    besides: {
      'says where the database is': WHERE,
      'says who connects': ['username', 'password'],
      'is about models and queries, not about the pool': [
        ...['define', 'query', 'set', 'sync', 'omitNull', 'quoteIdentifiers', 'operatorsAliases'],
        ...['timezone', 'keepDefaultTimezone', 'typeValidation', 'noTypeValidation', 'hooks'],
        ...['minifyAliases', 'isolationLevel', 'transactionType', 'standardConformingStrings'],
        ...['attributeBehavior', 'whereMergeStrategy', 'defaultTimestampPrecision', 'models'],
        ...['clientMinMessages', 'disableClsTransactions', 'nullJsonStringification'],
      ],
      'is about logs': ['logging', 'benchmark', 'logQueryParameters'],
      'is about migrations': [
        ...['migrationStorage', 'migrationStoragePath', 'migrationStorageTableName'],
        ...['migrationStorageTableSchema', 'seederStorage', 'seederStoragePath'],
        ...['seederStorageTableName', 'seederStorageTableSchema'],
      ],
      'is about repeating queries, which the clients do here': ['retry'],
      'is code': ['pool.validate'],
    },
  };
}
