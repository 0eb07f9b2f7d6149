/** Each process of a pod has a pool of its own, which is easily forgotten. */
import { perCopy } from '../connections.ts';
import { placeOf } from '../facts.ts';
import { FINE, found, together, type Rule } from '../finding.ts';
import { ofService } from '../pool-words.ts';

export const processes: Rule = {
  name: 'processes',
  asks: 'whether pools multiply',
  judge: ({ services }) =>
    together(
      services.map((service) => {
        const { replicas, pools } = service;
        const count = service.processes?.value ?? 1;
        const perPod = perCopy(service);
        if (service.processes === undefined || count < 2 || pools.length === 0) return FINE;
        if (perPod === Infinity) return FINE;
        const all =
          replicas === undefined ? '' : `, ${replicas.value * perPod} in ${replicas.value} pods`;
        return found({
          weight: 'note',
          place: placeOf(service.processes),
          says: `Each of ${count} processes${ofService(service)} has a pool of its own: ${count} × ${perPod / count} = ${perPod} connections a pod${all}.`,
          mend: 'Count pools by processes, not by pods, wherever you reckon with them.',
          figures: { processes: count, perPod },
        });
      }),
    ),
};
