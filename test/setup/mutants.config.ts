// For the mutants: only the tests that are about the mutated files, or one mutant would take minutes.

import { defineConfig } from 'vitest/config';
import unbuilt from './unbuilt.config.ts';

export default defineConfig({
  ...unbuilt,
  test: { ...unbuilt.test, include: ['test/{engine,model/{pool,database,traffic}}/**/*.test.ts'] },
});
