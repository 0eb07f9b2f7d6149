/** Other ways to write the rate of open arrivals than by its points: surges on a base, stages, stairs. */
import { z } from 'zod';
import { keyed, rule, ruleOn, type Report } from './keyed.ts';
import { entry, isList, pathWord, type PlainMap } from './path.ts';
import { perSecond } from './rate.ts';
import { durationOf, freeText, moment } from './scalars.ts';
import { stairLevels } from './stair-levels.ts';

const mostSurges = 100;
const mostStages = 1000;
const mostLevels = 1000;

/** The ways of which a service has one: each of them is all of its scheduled rate. */
export const rateWays = ['rate', 'base', 'stages', 'stairs'] as const;

const slope = z.union([
  durationOf({ zero: true }),
  keyed(
    { exponential: durationOf().meta({ description: 'Its time constant' }) },
    {
      synonyms: { exp: 'exponential', timeConstant: 'exponential', tau: 'exponential' },
      elsewhere: {
        halfLife: 'unknown key; did you mean exponential? (its time constant is 1.44 half-lives)',
      },
    },
  ),
]);

/** One surge: its rise is over, and its peak reached, at `at`. */
export const surgeSchema = rule(
  keyed(
    {
      name: freeText.optional().meta({ description: 'For paths and reports' }),
      peak: perSecond.meta({
        description: 'The whole rate at its peak, base included, if no other surge is on',
      }),
      at: moment.meta({ description: 'When the peak is reached' }),
      rise: slope.meta({
        description:
          'How long it rises before that: a duration (linear), or { exponential: time constant }',
      }),
      for: durationOf({ zero: true })
        .prefault('0s')
        .meta({ description: 'How long it stays at its peak' }),
      decay: slope.meta({
        description: 'How long it takes to fall back to the base, written like the rise',
      }),
    },
    {
      synonyms: {
        ...{ rate: 'peak', rps: 'peak', target: 'peak', time: 'at', title: 'name' },
        ...{ ramp: 'rise', rampUp: 'rise', fall: 'decay', rampDown: 'decay' },
        ...{ lasts: 'for', duration: 'for', plateau: 'for', hold: 'for' },
      },
    },
  ),
  (map, report) => {
    if (map['rise'] !== 0 || map['decay'] !== 0 || map['for'] !== 0) return;
    report([], 'empty', 'lasts no time: rise, for and decay are 0s; bursts are for one moment');
  },
);

const surges = ruleOn(
  z
    .array(surgeSchema, { error: 'is no list of surges { name, peak, at, rise, decay }' })
    .max(mostSurges, { error: `has more than ${mostSurges} surges` }),
  (value, report) => {
    if (isList(value)) differentNames(value, report);
  },
);

/** In paths `flash sale` goes by flash-sale, so these two are one name. */
function differentNames(items: readonly unknown[], report: Report): void {
  const seen = new Set<string>();
  for (const [i, item] of items.entries()) {
    const name = entry(item, 'name');
    const word = typeof name === 'string' ? (pathWord(name) ?? name) : null;
    if (word === null) continue;
    if (seen.has(word)) report([i, 'name'], 'duplicate-name', `${word} is the name of two surges`);
    seen.add(word);
  }
}

const stages = z
  .array(
    keyed(
      {
        duration: durationOf({ zero: true }).meta({
          description: 'How long the rate takes to get there; 0s is a jump',
        }),
        target: perSecond.meta({ description: 'The rate at the end of the stage' }),
      },
      {
        synonyms: { rate: 'target', rps: 'target', peak: 'target', for: 'duration' },
        elsewhere: { at: 'is not for stages, which follow one another; write duration' },
      },
    ),
    { error: 'is no list of stages { duration, target }' },
  )
  .min(1, { error: 'is empty; at least one stage is needed' })
  .max(mostStages, { error: `has more than ${mostStages} stages` });

const stairs = rule(
  keyed(
    {
      from: perSecond.meta({ description: 'The rate of the first level' }),
      to: perSecond.meta({ description: 'The rate of the last level; below from, they go down' }),
      step: perSecond.meta({ description: 'From one level to the next; the last may be smaller' }),
      each: durationOf().meta({ description: 'How long each level lasts' }),
    },
    {
      synonyms: {
        ...{ start: 'from', startRate: 'from', min: 'from', end: 'to', max: 'to', target: 'to' },
        ...{ by: 'step', increment: 'step', for: 'each', duration: 'each', lasts: 'each' },
      },
    },
  ),
  ({ from, to, step }, report) => {
    if (typeof from !== 'number' || typeof to !== 'number' || typeof step !== 'number') return;
    if (step === 0) {
      report(['step'], 'out-of-range', 'is 0: the stairs would never leave their first level');
      return;
    }
    const levels = stairLevels({ from, to, step });
    if (levels <= mostLevels) return;
    report(['step'], 'too-many', `makes ${levels} levels; at most ${mostLevels} can be`);
  },
);

/** Keys of `traffic`. */
export const surgeShape = {
  base: perSecond
    .optional()
    .meta({ description: 'Requests per second outside all surges, from which they rise' }),
  surges: surges
    .optional()
    .meta({ description: 'What comes on top of the base, and when; surges that overlap add up' }),
  startRate: perSecond
    .optional()
    .meta({ description: 'The rate at which the first stage begins', default: 0 }),
  stages: stages.optional().meta({
    description:
      'As in k6: the rate goes linearly to the target of one stage after the other; then nothing arrives',
  }),
  stairs: stairs.optional().meta({
    description: 'A load test: one constant rate after the other; then nothing arrives',
  }),
};

/** Which of the keys belong together, and which exclude each other. */
export function surgesBelongTogether(map: PlainMap, report: Report): void {
  const [way, other] = rateWays.filter((key) => key in map);
  if (way !== undefined && other !== undefined) {
    report([], 'too-many', `${way} and ${other} exclude each other; keep one`);
  }
  if ('surges' in map && !('base' in map)) {
    const instead = way === 'rate' ? 'write base instead of rate' : 'base: 0/s is from nothing';
    report(['surges'], 'needs-base', `rise from a base, and there is none; ${instead}`);
  }
  if ('startRate' in map && !('stages' in map)) {
    report(['startRate'], 'needs-stages', 'is where stages begin, and there are none');
  }
}
