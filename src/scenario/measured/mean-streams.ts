/** The requests of the system as it was measured, by their mean times: what theory asks for. */
import { lawMean } from '../../engine/law.ts';
import { workMeans } from '../../model/database/work-parts.ts';
import type { ServiceSettings } from '../../model/service/settings.ts';
import type { SystemSettings } from '../../model/settings.ts';
import type { StreamSettings } from './as-measured.ts';
import type { HeldStream, Stream } from './mean-slowdown.ts';
import { figuresIn, type Works } from './trials.ts';
import { lawOfFigures } from './work-figures.ts';

/** Those whose work is known. */
export function knownStreams(streams: readonly StreamSettings[], system: SystemSettings): Stream[] {
  return streams.flatMap((stream) => {
    if (stream.hold !== null || stream.perSecond === 0) return [];
    const { heldNs, queryNs, cpuNs } = meansOf(stream.service, system.database.roundTripNs);
    const delayNs = Math.max(0, heldNs - queryNs);
    return [{ perSecond: stream.perSecond, delayNs, workNs: queryNs, cpuNs }];
  });
}

/** Those whose holds were measured. */
export function heldStreams(
  streams: readonly StreamSettings[],
  system: SystemSettings,
): HeldStream[] {
  return streams.flatMap((stream) => {
    const { hold, perSecond } = stream;
    if (hold === null) return [];
    const delayNs = delayOf(stream, system);
    return [{ perSecond, delayNs, holdNs: hold.meanNs, cpu: hold.cpu ?? 1 }];
  });
}

/** The same, if this is their work. */
export function workStreams(
  streams: readonly StreamSettings[],
  system: SystemSettings,
  works: Works,
): Stream[] {
  return streams.flatMap((stream) => {
    const { hold, perSecond } = stream;
    if (hold === null) return [];
    const workNs = lawMean(lawOfFigures(hold.shape, figuresIn(works, hold)));
    const delayNs = delayOf(stream, system);
    return [{ perSecond, delayNs, workNs, cpuNs: workNs * (hold.cpu ?? 1) }];
  });
}

/** Whether connections are opened anew inside its holds. */
export function reconnects({ service }: StreamSettings): boolean {
  return service.pool.reconnectShare > 0;
}

function delayOf({ service }: StreamSettings, { database }: SystemSettings): number {
  return database.roundTripNs + service.pool.reconnectShare * lawMean(database.connectLatency);
}

/** Mean times of a request of a service, over its classes, ns. */
function meansOf({ requests }: ServiceSettings, roundTripNs: number) {
  const weights = requests.reduce((sum, { weight }) => sum + weight, 0);
  const all = requests.map(({ work, weight }) => ({
    share: weight / weights,
    means: workMeans(work, roundTripNs),
  }));
  return {
    heldNs: all.reduce((sum, { share, means }) => sum + share * means.heldNs, 0),
    queryNs: all.reduce((sum, { share, means }) => sum + share * means.queryNs, 0),
    cpuNs: all.reduce((sum, { share, means }) => sum + share * means.cpuNs, 0),
  };
}

/** Connections in use on the database when it was measured. */
export function heldAtOnce(streams: readonly StreamSettings[], system: SystemSettings): number {
  const known = knownStreams(streams, system).map((s) => s.perSecond * (s.delayNs + s.workNs));
  const held = heldStreams(streams, system).map((s) => s.perSecond * s.holdNs);
  return [...known, ...held].reduce((a, b) => a + b, 0) / 1e9;
}
