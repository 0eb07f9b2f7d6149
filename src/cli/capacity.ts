import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import type { RawCapacityOptions } from './capacity/ask-capacity.ts';
import { addQuestionOptions } from './question/options.ts';
import type { Job } from './session.ts';

const afterHelp = `
What can be served is what pool and database answer when more arrives. The
highest rate within the objectives is judged in the long run where the traffic
stays, and on whole runs where it changes: then all of it is made larger or smaller.
What the timeline sets and restarts is left out.

Examples:
  tidemark capacity steady
  tidemark capacity january-2024 --set service.pool.max=30

${exitCodeHelp}`;

export function addCapacity(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('capacity')
    .description('Find the rate at which the pool becomes the bottleneck.')
    .argument('<scenario>', 'whose pool')
    .option('--with-timeline', 'with what the timeline sets and restarts');
  addQuestionOptions(command)
    .addHelpText('after', afterHelp)
    .action((scenario: string, options: RawCapacityOptions) => {
      choose(async (session) => {
        const { askCapacity } = await import('./capacity/ask-capacity.ts');
        return askCapacity(session, scenario, options);
      });
    });
}
