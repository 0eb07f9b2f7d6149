/** The line that a reviewer should look at. */
import { newBreaks, type CheckedFile } from '../../experiment/check/answer.ts';
import type { Place } from '../../scenario/import/configuration.ts';
import { writtenChanges } from './change-words.ts';

/** The first setting that was changed; else what the review found, or the objective that is not met. */
export function placeOfFile(file: CheckedFile): Place {
  const [changed] = writtenChanges(file).flatMap(({ place }) => place ?? []);
  const [broken] = newBreaks(file).flatMap(({ place }) => place ?? []);
  return changed ?? broken ?? placeOfObjective(file);
}

/** The first objective that is not met. */
function placeOfObjective({ now, checked }: CheckedFile): Place {
  const i = checked.objectives.findIndex(({ state }) => state !== 'met');
  return now.placeOf(['objectives', Math.max(0, i)]).place;
}
