/** A change of the hold of requests that do query work: a hold that was measured has become that. */
import { entry, valueAt, type Path } from './path.ts';

/** Whether a path leads to the hold of a class of requests whose work is a query. */
export function isHoldOfQuery(document: unknown, path: Path): boolean {
  const at = path.indexOf('hold', path[0] === 'services' ? 3 : 1);
  if (at < 0 || !path.slice(0, at).includes('requests')) return false;
  const requests = valueAt(document, path.slice(0, at));
  return entry(requests, 'query') !== undefined && entry(requests, 'hold') === undefined;
}

/** Said of it. */
export const holdOfQuery =
  'these requests do query work, which a hold with measuredAt becomes when the file is read; change their query';
