/** What to do about a scenario that does not pass: sentences. */
import { newBreaks, type CheckedFile } from '../../experiment/check/answer.ts';
import { placeWords } from '../../scenario/import/configuration.ts';

export function todosOf(file: CheckedFile): string[] {
  const mends = newBreaks(file).map(({ mend, place }) => {
    return `Do: ${mend}${place === null ? '' : ` (${placeWords(place)})`}`;
  });
  return [...mends, ...sizeHint(file)];
}

/** Where a change is to blame, there is something to take back. */
function sizeHint({ file, checked, changes }: CheckedFile): string[] {
  const isMissed = checked.objectives.some(({ state }) => state === 'missed');
  const isPool = checked.bottleneck.station === 'pool';
  if (!isMissed || !isPool || changes.length > 0) return [];
  return [`Do: ask which size would do: tidemark size ${file}`];
}
