/** The pieces of work that a question may ask for, by name: plain data in, plain data out. */
import { runKnee } from './capacity/run-knee.ts';
import { collapseRun, findOverload, saturationRun } from './capacity/saturation.ts';
import { steadyKnee } from './capacity/steady-knee.ts';
import { excerpt } from './diagnose/excerpt.ts';
import { checkedRun } from './check/checked-run.ts';
import { observe } from './compare/observed.ts';
import { judgedRun } from './judged-run.ts';
import { runOnce } from './run-once.ts';
import { steadyRun } from './steady/steady-run.ts';
import { sweepPoint } from './sweep/point.ts';

/** Yields, now and then, how many requests it has simulated so far. */
type Work<R> = Generator<number, R, undefined>;

export const works = {
  run: runOnce,
  observe,
  'checked-run': checkedRun,
  'judged-run': judgedRun,
  'steady-run': steadyRun,
  excerpt,
  overload: findOverload,
  saturation: saturationRun,
  collapse: collapseRun,
  'steady-knee': steadyKnee,
  'sweep-point': sweepPoint,
  'run-knee': runKnee,
} satisfies Record<string, (input: never) => Work<unknown>>;

export type WorkName = keyof typeof works;
export type Input<N extends WorkName> = Parameters<(typeof works)[N]>[0];
export type Output<N extends WorkName> =
  ReturnType<(typeof works)[N]> extends Work<infer R> ? R : never;

/** The work of a name, whose input somebody else has made to fit. */
export function begin(name: WorkName, input: unknown): Work<unknown> {
  const work: (input: never) => Work<unknown> = works[name];
  return work(input as never);
}
