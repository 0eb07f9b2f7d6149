/** Variables of Puma and its like that say how many threads and processes share pools. */
import { refuse, type Reading } from '../../reading.ts';
import type { Findings, Found, LeftOut } from '../findings.ts';
import { faultAt, showHarmless, type Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';

/** Threads of one process, each of which may need a connection. */
const THREADS = 'RAILS_MAX_THREADS';
/** Processes of one instance, each with pools of its own. */
const PROCESSES = 'WEB_CONCURRENCY';

export function serverVariables(
  variables: readonly Written[],
  context: ImportContext,
): Partial<Findings> {
  const threads = counted(variables, THREADS, context);
  const processes = counted(variables, PROCESSES, context);
  return {
    ...(threads.found === undefined ? {} : { threads: threads.found }),
    // Puma without workers is one process all the same.
    ...(processes.found === undefined ? {} : { processes: atLeastOne(processes.found) }),
    leftOut: [...threads.leftOut, ...processes.leftOut],
    faults: [...threads.faults, ...processes.faults],
  };
}

function atLeastOne(found: Found<number>): Found<number> {
  return { ...found, value: Math.max(1, found.value) };
}

interface Counted {
  readonly found?: Found<number>;
  readonly leftOut: readonly LeftOut[];
  readonly faults: Findings['faults'];
}

function counted(variables: readonly Written[], name: string, context: ImportContext): Counted {
  const one = variables.find((variable) => variable.name === name);
  if (one === undefined) return { leftOut: [], faults: [] };
  const { key, place } = one;
  const text = context.variables.resolve(String(one.value), place);
  const count = text.ok ? countIn(text.value, name) : text;
  if (!count.ok) return { leftOut: [], faults: [faultAt(one, count.code, count.message)] };
  if (count.value !== null)
    return { found: { value: count.value, key, place }, leftOut: [], faults: [] };
  const why = 'depends on the processors of the machine; give the number of processes';
  return { leftOut: [{ key, place, why }], faults: [] };
}

/** Null: as many as the machine has processors. */
function countIn(text: string, name: string): Reading<number | null> {
  const least = name === PROCESSES ? 0 : 1;
  if (name === PROCESSES && text.trim() === 'auto') return { ok: true, value: null };
  const isWhole = /^\s*\d{1,6}\s*$/.test(text);
  if (isWhole && Number(text) >= least) return { ok: true, value: Number(text) };
  return refuse('out-of-range', `${showHarmless(text)} is no whole number from ${least}`);
}
