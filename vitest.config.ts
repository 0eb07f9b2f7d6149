import { defineConfig } from 'vitest/config';

/** The nightly run takes the same files at larger sizes, so a single test may last much longer. */
const nightly = process.env['TIDEMARK_NIGHTLY'] === '1';

/** Where to leave the counts for a machine to read, as `.ci/run` asks; nowhere by default. */
const resultsFile = process.env['TIDEMARK_TEST_RESULTS'];

const minutes = 60_000;

/** What tests import of `src` is what was built of it: Node runs that at its own speed. */
const built = {
  find: /^(?:\.\.\/)+src\/(.*)\.ts$/,
  replacement: `${import.meta.dirname}/dist/$1.js`,
};

export default defineConfig({
  resolve: { alias: process.argv.includes('--coverage') ? [] : [built] },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/setup/build.ts'],
    testTimeout: (nightly ? 60 : 2) * minutes,
    hookTimeout: (nightly ? 60 : 2) * minutes,
    maxWorkers: 2,
    // Modules keep nothing between tests, and loading them anew for each file takes as long as a third of all.
    isolate: false,
    server: { deps: { external: [/\/dist\//] } },
    reporters:
      resultsFile === undefined ? ['default'] : ['default', ['json', { outputFile: resultsFile }]],
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reportsDirectory: 'coverage' },
  },
});
