// For the mutants: the tests of one area, as `run-mutants.ts` says, with a twentieth of the random cases:
// a change that those do not notice, the others seldom do either.

import { defineConfig } from 'vitest/config';
import unbuilt from './unbuilt.config.ts';

const tests = process.env['TIDEMARK_MUTANTS_TESTS'] ?? 'test/{engine,model}/**/*.test.ts';

export default defineConfig({
  ...unbuilt,
  test: { ...unbuilt.test, include: [tests], env: { TIDEMARK_TEST_SIZE: '0.05' } },
});
