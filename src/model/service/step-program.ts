/**
 * The steps of a request as a list of what it does one after the other. A query outside a transaction has a
 * connection of its own; a transaction has one for all that it holds; one inside another has one more.
 *
 *     [app, transaction: [query, transaction: [query]]]  →  app, acquire, query, acquire, query, release, release
 */
import { DurationLaw } from '../../engine/duration-law.ts';
import type { Law } from '../../engine/law.ts';
import type { Step } from '../database/settings.ts';

export type Instruction =
  | { readonly kind: 'app'; readonly law: DurationLaw; readonly draw: number }
  | {
      readonly kind: 'query';
      readonly law: DurationLaw;
      readonly draw: number;
      /** In millionths. */
      readonly cpuShare: number;
    }
  | { readonly kind: 'acquire' | 'release' };

const MILLION = 1_000_000;

/** @returns the instructions; the n-th that takes time uses the n-th number that was drawn for the request */
export function programOf(steps: readonly Step[]): Instruction[] {
  const program: Instruction[] = [];
  let draws = 0;
  const add = (step: Step, isInside: boolean): void => {
    if (step.kind === 'app') {
      program.push({ kind: 'app', law: new DurationLaw(step.time), draw: draws++ });
      return;
    }
    const acquires = step.kind === 'transaction' || !isInside;
    if (acquires) program.push({ kind: 'acquire' });
    if (step.kind === 'query') program.push(queryOf(step, draws++));
    else for (const inner of step.steps) add(inner, true);
    if (acquires) program.push({ kind: 'release' });
  };
  for (const step of steps) add(step, false);
  return program;
}

function queryOf({ work, cpu }: { work: Law; cpu: number }, draw: number): Instruction {
  return { kind: 'query', law: new DurationLaw(work), draw, cpuShare: Math.round(cpu * MILLION) };
}
