/** A pool that lets requests wait for ever: under a surge the line grows without end, and nothing fails. */
import { settingFor } from '../../../scenario/profiles.ts';
import { eachPool } from '../each-pool.ts';
import { FINE, found, type Rule } from '../finding.ts';
import { placeOfSetting } from '../pool-words.ts';

export const noAcquireTimeout: Rule = {
  name: 'no-acquire-timeout',
  asks: 'whether requests wait for ever',
  judge: (facts) =>
    eachPool(facts, (pool) => {
      const { profile, settings, written } = pool;
      if (settings.acquireTimeoutNs < Infinity || settings.max === Infinity) return FINE;
      const name = settingFor(profile, 'acquireTimeoutNs')?.name;
      const why =
        name === undefined
          ? `${profile.product} has no acquire timeout`
          : `${name} is ${written.has(name) ? 'switched off' : 'not set, and the default is none'}`;
      return found({
        weight: 'hurts',
        place: placeOfSetting(pool, name),
        says: `A request waits for a connection for ever: ${why}. When the pool is full the line grows, and nobody sees an error.`,
        mend:
          name === undefined
            ? 'Put a time limit around taking a connection, shorter than the callers wait.'
            : `Set ${name}, to less than the callers wait.`,
        figures: {},
      });
    }),
};
