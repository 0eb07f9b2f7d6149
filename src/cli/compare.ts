import type { Command } from 'commander';
import type { RawCompareOptions } from './compare/read.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { addQuestionOptions } from './question/options.ts';
import type { Job } from './session.ts';

const afterHelp = `
Each scenario is a file or a name, as in tidemark run. With one scenario, B is
the same with the changes of --set; with two, --set changes both. Run i of B has
the random numbers of run i of A, from A's seed, so that the two differ by what
they are and not by chance. The timeline is kept.

Examples:
  tidemark compare january-2024 --set service.pool.max=12
  tidemark compare before.yaml after.yaml --replications 30
  tidemark compare step-against-ramp step-against-ramp-ramped --json

${exitCodeHelp}`;

export function addCompare(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('compare')
    .description('Say whether B differs from A, in what, and by how much.')
    .argument('<a>', 'a scenario')
    .argument('[b]', 'another one; left out: A with the changes of --set')
    .option('--replications <n>', 'how many runs of each (default: 10)')
    .option('--independent', "give B random numbers of its own instead of A's");
  addQuestionOptions(command)
    .addHelpText('after', afterHelp)
    .action((a: string, b: string | undefined, options: RawCompareOptions) => {
      choose(async (session) => {
        const { compareScenarios } = await import('./compare/compare-scenarios.ts');
        return compareScenarios(session, [a, b], options);
      });
    });
}
