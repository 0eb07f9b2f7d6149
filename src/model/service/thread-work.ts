/** Axis A22, `thread`: a connection belongs to the thread of a request, from its first use to the request's end. */
import type { Step, WorkSettings } from '../database/settings.ts';

/**
 * The same work on one connection: everything from the first query or transaction on stands in one
 * transaction. Source: ActiveRecord, whose threads go on with the connection that they have.
 */
export function onOneConnection(work: WorkSettings): WorkSettings {
  if (work.kind !== 'steps') return work;
  const first = work.steps.findIndex(({ kind }) => kind !== 'app');
  if (first < 0) return work;
  const steps = work.steps.slice(first).flatMap(withinTransaction);
  return { kind: 'steps', steps: [...work.steps.slice(0, first), { kind: 'transaction', steps }] };
}

function withinTransaction(step: Step): Step[] {
  return step.kind === 'transaction' ? step.steps.flatMap(withinTransaction) : [step];
}
