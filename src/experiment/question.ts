/**
 * A question that takes many simulations. It is a generator which asks for batches of work and is given
 * their answers; where and in which order the work of a batch is done makes no difference to it. What a
 * batch holds must depend on earlier answers alone, never on how many workers there are.
 */
import { type Input, type Output, type WorkName } from './works.ts';

/** Pieces of work that do not depend on each other. */
export interface Batch {
  /** What is being done, in a word or three. */
  readonly part: string;
  readonly work: WorkName;
  /** Plain data: it may go to another thread. */
  readonly inputs: readonly unknown[];
  /** Requests that the batch will simulate, as far as one can tell. */
  readonly requests: number;
  /** Requests of the batches that will probably follow. */
  readonly later: number;
}

/** Is given the outputs of each batch that it yields, in the order of its inputs. */
export type Question<R> = Generator<Batch, R, readonly unknown[]>;

/** How much a batch will cost. */
type Cost = Pick<Batch, 'part' | 'requests' | 'later'>;

/** Asks for a batch from within a question: `const runs = yield* ask('run', inputs, cost)`. */
export function* ask<N extends WorkName>(
  work: N,
  inputs: readonly Input<N>[],
  cost: Cost,
): Question<Output<N>[]> {
  const outputs = yield { work, inputs, ...cost };
  if (outputs.length !== inputs.length) throw new Error(`bug: a batch of ${work} lost answers`);
  return outputs as Output<N>[];
}
