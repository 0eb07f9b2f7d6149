import type { Command } from 'commander';
import type { RawDiagnoseOptions } from './diagnose/ask-diagnose.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { addQuestionOptions } from './question/options.ts';
import type { Job } from './session.ts';

const afterHelp = `
Without --from and --to it looks at the overload: from its onset on, half an hour
at most. A lever is judged with the settings in force at the beginning of the
stretch; what the timeline sets inside the stretch is left out for it.

Examples:
  tidemark diagnose january-2024
  tidemark diagnose january-2024 --from 14:05 --to 14:30

${exitCodeHelp}`;

export function addDiagnose(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('diagnose')
    .description('Find where requests wait, what would help, and what would have.')
    .argument('<scenario>', 'what to look at')
    .option('--from <time>', 'beginning of the stretch: 14:05, or after the start: 35m')
    .option('--to <time>', 'its end')
    .option('--full', 'everything, not only what fits 60 lines');
  addQuestionOptions(command)
    .addHelpText('after', afterHelp)
    .action((scenario: string, options: RawDiagnoseOptions) => {
      choose(async (session) => {
        const { askDiagnose } = await import('./diagnose/ask-diagnose.ts');
        return askDiagnose(session, scenario, options);
      });
    });
}
