import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import type { RawRunOptions } from './run/options.ts';
import type { Job } from './session.ts';
import { collect } from './settings.ts';

const afterHelp = `
A scenario is a file, or a name in ./scenarios or among the scenarios that came
with tidemark (in this order), or - for standard input. Paths of --set are dots;
items of a list by their name or as [0].

Examples:
  tidemark run
  tidemark run january-2024 --set service.pool.max=20
  tidemark run my-service.yaml --json --strict

${exitCodeHelp}`;

export function addRun(program: Command, choose: (job: Job) => void): void {
  program
    .command('run')
    .description('Replay a scenario and report where requests waited.')
    .argument('[scenario]', 'what to run', 'january-2024')
    .option('--full', 'everything, not only what fits 60 lines')
    .option('--json', 'the result as one JSON document')
    .option('--out <folder>', 'write the report there too, as text and JSON')
    .option('--seed <text>', "another seed than the scenario's")
    .option('--set <path=value>', 'run with and without a change (repeatable)', collect)
    .option('--strict', 'exit 1 when an objective is missed')
    .option('--events <file>', 'write what happened, event by event (with --set: after the change)')
    .option('--first <n>', 'how many events to write (default: 1000)')
    .option(
      '--max-in-flight <n>',
      'stop when more requests are in the system (default: 20 million)',
    )
    .option('--replications <n>', 'run it n times, for means with 95 % intervals (default: 1)')
    .option('--precision <percent>', 'run it until means are known as well as this, such as 2%')
    .option('--max-replications <n>', 'most runs that --precision may take (default: 200)')
    .option('--no-color', 'no colour; NO_COLOR in the environment says the same')
    .addHelpText('after', afterHelp)
    .action((scenario: string, options: RawRunOptions) => {
      choose(async (session) => {
        const { runScenario } = await import('./run/run-scenario.ts');
        return runScenario(session, scenario, options);
      });
    });
}
