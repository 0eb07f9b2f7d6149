import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import { addQuestionOptions } from './question/options.ts';
import type { Job } from './session.ts';
import type { RawSizeOptions } from './size/ask-size.ts';

const afterHelp = `
The smallest pool that meets the scenario's objectives is looked for: in the long
run where the traffic stays, through the surge and its drain where it changes.
What the timeline sets and restarts is left out.

Examples:
  tidemark size january-2024
  tidemark size my-service.yaml --service shop --json
  tidemark size my-service.yaml --set "objectives=[acquire p95 < 50ms]"

${exitCodeHelp}`;

export function addSize(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('size')
    .description('Find the pool settings that meet the objectives.')
    .argument('<scenario>', 'whose pool')
    .option('--service <name>', 'whose pool, of several services (default: the one that is short)')
    .option('--with-timeline', 'with what the timeline sets and restarts');
  addQuestionOptions(command)
    .addHelpText('after', afterHelp)
    .action((scenario: string, options: RawSizeOptions) => {
      choose(async (session) => {
        const { askSize } = await import('./size/ask-size.ts');
        return askSize(session, scenario, options);
      });
    });
}
