/** Which closed forms describe a station. */
import type { ClosedForm } from './closed-form.ts';
import { loadForms } from './load-forms.ts';
import { overloadForm } from './overload-form.ts';
import type { Station } from './station.ts';
import { waitingForms } from './waiting-forms.ts';

/** The best one first; of two that give the same figure, the first whose requirements are met counts. */
export function matchingForms(station: Station): ClosedForm[] {
  const overload = overloadForm(station);
  return [
    ...waitingForms(station),
    ...(overload === null ? [] : [overload]),
    ...loadForms(station),
  ];
}
