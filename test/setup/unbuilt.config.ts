// For the tests that read `src` alone and never run the built command: nothing is built first. The
// planted faults and the mutants are judged by these, in a copy of the checkout that changes all the time.

import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: [
      'test/{engine,stats,theory,model,scenario,experiment}/**/*.test.ts',
      'test/library/{check,simulate}.test.ts',
      'test/vitest/**/*.test.ts',
      'test/replay/lost-connections.test.ts',
    ],
    testTimeout: 60_000,
    maxWorkers: 1,
    cache: false,
  },
});
