/**
 * The entry `tidemark/vitest`: `import 'tidemark/vitest'` gives `expect` the matcher `toMeetObjectives`,
 * in the test file that imports it or, from `setupFiles`, in all.
 */
import { expect } from 'vitest';
import { toMeetObjectives, type ObjectivesOptions } from './to-meet-objectives.ts';

export type { ObjectivesOptions };

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any, @typescript-eslint/no-unused-vars -- as vitest declares it
  interface Matchers<T = any> {
    /**
     * Whether a scenario meets all its objectives, over as many runs as it takes to say so:
     * `await expect(await loadScenario('surge.yaml')).toMeetObjectives()`. An objective that the budget
     * does not decide fails the test, behind `not` as well.
     */
    toMeetObjectives(options?: ObjectivesOptions): Promise<void>;
  }
}

expect.extend({ toMeetObjectives });
