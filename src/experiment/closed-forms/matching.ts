/** Which closed forms describe a station. */
import type { ClosedForm } from './closed-form.ts';
import { littlesLaw, loadForms } from './load-forms.ts';
import { overloadForm } from './overload-form.ts';
import type { Station } from './station.ts';
import { unevenForms } from './uneven-forms.ts';
import { userForms } from './user-forms.ts';
import { waitingForms } from './waiting-forms.ts';

/** The best one first; of two that give the same figure, the first whose requirements are met counts. */
export function matchingForms(station: Station): ClosedForm[] {
  switch (station.arriving.source.kind) {
    case 'poisson':
      return [...waitingForms(station), ...listed(overloadForm(station)), ...loadForms(station)];
    case 'users':
      return userForms(station);
    case 'deterministic':
    case 'batch':
    case 'mmpp':
    case 'any':
      if (station.hold.contention.kind !== 'none') return [];
      return [...unevenForms(station), ...listed(littlesLaw(station))];
  }
}

function listed(form: ClosedForm | null): ClosedForm[] {
  return form === null ? [] : [form];
}
