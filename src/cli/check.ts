import type { Command } from 'commander';
import type { RawCheckOptions } from './check/options.ts';
import { exitCodeHelp } from './exit-codes.ts';
import { collect } from './settings.ts';
import type { Job } from './session.ts';

const afterHelp = `
A scenario is a file, a folder of them, or a name, as in tidemark run; without
any, those of tidemark.config.yaml, which is looked for here and in the folders
above. A regression is significant and larger than the tolerance. What scenarios
were stands in a baseline, or in git; both sides are simulated with the same
random numbers, so that what was not changed is never worse.

Examples:
  tidemark check scenarios/ --update-baseline
  tidemark check scenarios/ --junit report.xml --markdown comment.md
  tidemark check --pool application.yml scenarios/surge.yaml --against main

${exitCodeHelp}`;

export function addCheck(program: Command, choose: (job: Job) => void): void {
  program
    .command('check')
    .description('Fail when scenarios miss their objectives, or are worse than they were.')
    .argument('[scenarios...]', 'files, folders or names')
    .option('--baseline <file>', 'what scenarios were (default: tidemark.baseline.json)')
    .option('--update-baseline', 'keep what scenarios are now as the baseline')
    .option('--against <version>', 'compare with a version in git, such as origin/main')
    .option('--pool <file>', 'a configuration file whose pool the scenarios have')
    .option('-e, --env-file <file>', 'what placeholders in it stand for (repeatable)', collect)
    .option('--set <name=value>', 'a placeholder, or a change of the scenarios', collect)
    .option('--environment <name>', 'which section of a configuration file holds')
    .option('--profile <name>', 'the product of a configuration file that does not say it')
    .option('--tolerance <percent>', 'how much worse figures may be (default: 5%)')
    .option('--budget <requests>', 'most requests simulated for a scenario (default: 20M)')
    .option('--undecided <pass|fail>', 'what an undecided objective counts as (default: exit 4)')
    .option('--junit <file>', 'write JUnit XML there (- for standard output)')
    .option('--markdown <file>', 'write the comment for a pull request there (or -)')
    .option('--json', 'the answer as one JSON document')
    .option('--full', 'the table also when all is well')
    .option('--seed <text>', "another seed than the scenarios'")
    .option('--workers <n>', 'how many threads simulate (default: one a processor, for much work)')
    .option('--no-color', 'no colour; NO_COLOR in the environment says the same')
    .addHelpText('after', afterHelp)
    .action((scenarios: readonly string[], options: RawCheckOptions) => {
      choose(async (session) => {
        const { checkScenarios } = await import('./check/check-scenarios.ts');
        return checkScenarios(session, scenarios, options);
      });
    });
}
