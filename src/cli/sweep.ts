import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import { addQuestionOptions } from './question/options.ts';
import type { Job } from './session.ts';
import { collect } from './settings.ts';
import type { RawSweepOptions } from './sweep/options.ts';

const afterHelp = `
Ranges are from..to:step, both ends included, of numbers, durations or percentages;
without a step whole numbers go up by 1. Lists are in brackets. Several --vary make
a grid. What the timeline sets at the paths that are varied is left out.

With --progress (or --out, which keeps such a file in its folder until all is done)
points are written down as they are finished, and the same command goes on from
there, whatever ended it.

Examples:
  tidemark sweep january-2024 --vary service.pool.max=5..60:5
  tidemark sweep my.yaml --vary service.pool.max=5..50:5 \\
      --vary service.pool.acquireTimeout=1s..5s:1s --metric "response p99"
  tidemark sweep my.yaml --vary "service.balancer=[random, round-robin]" --csv

${exitCodeHelp}`;

export function addSweep(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('sweep')
    .description('Simulate a scenario over a grid of settings.')
    .argument('<scenario>', 'what to vary')
    .option('--vary <path=values>', 'what takes several values, such as 5..50:5', collect)
    .option('--metric <name>', 'what the map shows, such as errors or "response p99"')
    .option('--replications <n>', 'runs of each point, for 95 % intervals (default: 1)')
    .option('--with-timeline', 'with what the timeline sets at the varied paths')
    .option('--csv', 'the points as CSV')
    .option('--progress <file>', 'where finished points are kept, to go on from them');
  addQuestionOptions(command)
    .addHelpText('after', afterHelp)
    .action((scenario: string, options: RawSweepOptions) => {
      choose(async (session) => {
        const { askSweep } = await import('./sweep/ask-sweep.ts');
        return askSweep(session, scenario, options);
      });
    });
}
