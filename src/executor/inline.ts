/** Does all work itself, one piece after the other. Needs nothing of the machine: it runs in a browser. */
import type { BatchListeners, Executor } from '../experiment/executor.ts';
import type { Batch } from '../experiment/question.ts';
import { begin } from '../experiment/works.ts';

export class InlineExecutor implements Executor {
  private readonly breathe: () => Promise<void>;

  /** @param breathe is awaited now and then between two steps of a few milliseconds; throws to end it all */
  constructor(breathe: () => Promise<void> = () => Promise.resolve()) {
    this.breathe = breathe;
  }

  async run(batch: Batch, { onRequests, onOutput }: BatchListeners): Promise<readonly unknown[]> {
    const outputs: unknown[] = [];
    let before = 0;
    for (const input of batch.inputs) {
      let requests = 0;
      const work = begin(batch.work, input);
      try {
        let step = work.next();
        while (step.done !== true) {
          requests = step.value;
          onRequests(before + requests);
          await this.breathe();
          step = work.next();
        }
        outputs.push(step.value);
      } finally {
        work.return(undefined);
      }
      before += requests;
      onOutput(outputs.at(-1));
    }
    return outputs;
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
