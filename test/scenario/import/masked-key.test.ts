import { describe, expect, it } from 'vitest';
import { maskedKey } from '../../../src/scenario/import/masked-key.ts';

describe('a key as messages show it', () => {
  it.each([
    ['spring.datasource.passwordhunter2', 'spring.datasource.password…'],
    ['dataSource.Password:x', 'dataSource.Password…'],
    ['PG_PASSWORD_hunter2', 'PG_PASSWORD…'],
    ['pwd2hunter', 'pwd…'],
  ])('ends with the word that a password follows: %s', (key, shown) => {
    expect(maskedKey(key)).toBe(shown);
  });

  it.each(['spring.datasource.password', 'password1', 'passwordSha1', 'a.password.b', 'pool_size'])(
    'is itself: %s',
    (key) => {
      expect(maskedKey(key)).toBe(key);
    },
  );
});
