/** All recommended settings together, in runs whose random numbers nothing was chosen by. */
import type { Question } from '../question.ts';
import type { Size } from './answer.ts';
import { valuesOf } from './alternatives.ts';
import { type RecommendedSetting, setsOf } from './other-settings.ts';
import type { Asking } from './size.ts';
import { type Trial, tryOut } from './trials.ts';
import { withSize } from './target.ts';

type Verified = Omit<NonNullable<Size['recommended']>, 'size' | 'fleet'>;

/** The other settings are left out where the fresh runs, or the product, do not take them. */
export function* verify(
  asking: Asking,
  size: RecommendedSetting,
  others: readonly RecommendedSetting[],
): Question<Verified> {
  const { bench } = asking;
  const isTaken = withSize(bench.scenario, bench.target, size.amount, setsOf(others)) !== null;
  if (others.length > 0 && isTaken) {
    const trials = yield* freshRuns(asking, size.amount, others);
    const verified = verifiedBy(trials);
    if (verified.met === verified.runs) {
      return { settings: [size, ...others], verified, isSizeOnly: false };
    }
  }
  const trials = yield* freshRuns(asking, size.amount, []);
  return { settings: [size], verified: verifiedBy(trials), isSizeOnly: others.length > 0 };
}

function* freshRuns(
  { bench, ways }: Asking,
  size: number,
  others: readonly RecommendedSetting[],
): Question<Trial[]> {
  const asked = Array.from({ length: ways.freshRuns }, (_, i) => ({ size, replication: i + 1 }));
  const part = 'fresh runs of what is recommended';
  const own = { ...bench, sets: setsOf(others) };
  const trials = yield* tryOut(own, asked, ways.fresh, { part, later: 0 });
  return trials.filter((trial) => trial !== null);
}

/** The values are those of the run that was worst off. */
function verifiedBy(trials: readonly Trial[]): Verified['verified'] {
  const worst = trials.reduce<Trial | null>((a, b) => (a === null || b.by > a.by ? b : a), null);
  return {
    runs: trials.length,
    met: trials.filter(({ met }) => met).length,
    values: worst === null ? [] : valuesOf(worst),
  };
}
