/** Where requests wait once more arrive than can be served. */
import { SECOND } from '../../engine/time.ts';
import type { SystemSettings } from '../../model/settings.ts';
import { stationIn } from '../diagnose/stretch-station.ts';
import { ask, type Question } from '../question.ts';
import type { Station } from '../result.ts';
import { ratePerSecond } from '../steady/steady-run.ts';

/** Requests of a look at it; the first half settles. */
const LOOK = 40_000;

/** @param system at traffic that is too much for it */
export function* stationBeyond(system: SystemSettings, seed: string): Question<Station> {
  const toNs = Math.ceil((LOOK / ratePerSecond(system)) * SECOND);
  const stretches = [{ fromNs: Math.floor(toNs / 2), toNs }];
  const input = { settings: system, changes: [], startNs: 0, stretches, seed: `${seed}/beyond` };
  const cost = { part: 'what can be served', requests: LOOK, later: 0 };
  const [excerpt] = yield* ask('excerpt', [input], cost);
  const [reading] = excerpt?.readings ?? [];
  return reading === undefined ? 'none' : stationIn(reading, system);
}
