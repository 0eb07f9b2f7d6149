/** Settings that the product replaces or warns of when it starts; those without effect are among them. */
import { startUpNotices } from '../../../scenario/profiles.ts';
import { eachPool } from '../each-pool.ts';
import { found, together, type Rule } from '../finding.ts';
import { placeOfSetting } from '../pool-words.ts';

export const correctedSettings: Rule = {
  name: 'corrected-settings',
  asks: 'whether the product takes the settings as they are written',
  judge: (facts) =>
    eachPool(facts, (pool) => {
      const { profile, values, written } = pool;
      return together(
        startUpNotices(profile, values).map(({ settings, says, takes }) => {
          const corrects = Object.keys(takes).length > 0;
          return found({
            weight: corrects ? 'hurts' : 'note',
            place: placeOfSetting(
              pool,
              settings.find((name) => written.has(name)),
            ),
            says: says,
            mend: corrects
              ? `Write what is to hold, as ${profile.product} does not take this.`
              : 'Take it out, or change what keeps it from working.',
            figures: {},
          });
        }),
      );
    }),
};
