/** What is wrong with the traces that a document names, and whether one says how long requests hold. */
import type { Files } from './files.ts';
import { entry, isMap, type Path, valueAt } from './path.ts';
import { problem, type Problem } from './problem.ts';
import { refuse, type Reading } from './reading.ts';
import { resolveTrace } from './trace.ts';
import type { TraceSettings } from '../model/traffic/settings.ts';

/** Keys of traffic that send no requests themselves. */
const silentKeys = ['trace', 'speed', 'client'];

/** A problem where a trace cannot be read. */
export function traceProblems(document: unknown, traffic: Path, files: Files): Problem[] {
  const trace = traceAt(valueAt(document, traffic), files);
  if (trace === null || trace.ok || trace.code === 'wrong-type') return [];
  return [problem([...traffic, 'trace'], trace.code, trace.message)];
}

/**
 * Whether requests may be left out: their traffic is a trace alone. Says why not when it records no
 * holds; null when they may.
 */
export function missingRequests(traffic: unknown, files: Files): string | null {
  const trace = traceAt(traffic, files);
  const others = isMap(traffic) && Object.keys(traffic).some((key) => !silentKeys.includes(key));
  if (trace === null || others) return 'is missing';
  if (!trace.ok || trace.value.holdNs !== null) return null;
  return 'is missing; the trace does not record how long connections are out (hold_ms)';
}

function traceAt(traffic: unknown, files: Files): Reading<TraceSettings> | null {
  const [file, speed] = [entry(traffic, 'trace'), entry(traffic, 'speed') ?? 1];
  if (file === undefined) return null;
  // What is no name, or no speed, is the schema's to say.
  if (typeof file !== 'string' || file.trim() === '') return refuse('wrong-type', '');
  return resolveTrace({ file, speed: typeof speed === 'number' && speed > 0 ? speed : 1 }, files);
}
