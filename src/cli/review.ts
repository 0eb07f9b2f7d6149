import type { Command } from 'commander';
import { addImportOptions } from './import/options.ts';
import type { RawReviewOptions } from './review/options.ts';
import type { Job } from './session.ts';

const afterHelp = `
Files are configuration files as for tidemark import (the pool's, and those of
Kubernetes for its pods), a scenario, or both. Nothing is simulated. What the
files do not say can be said by options, which win over them.

Examples:
  tidemark review application.yml deployment.yaml hpa.yaml --db-max 100
  tidemark review pool.json --replicas 8 --db-max 100 --caller-timeout 10s
  helm template shop | tidemark review - application.yml --db-max 100 --strict
  tidemark review january-2024

Exit codes:
  0    fine; findings too, unless --strict
  1    something breaks or hurts, with --strict
  2    something in the input or on this machine is wrong: usage, file`;

export function addReview(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('review')
    .description('What is wrong with the settings of a pool, without any traffic.')
    .argument('<file...>', 'configuration files, a scenario; - is standard input')
    .option('--replicas <n>', 'how many copies of the service run')
    .option('--db-max <n>', "the database's max_connections")
    .option('--caller-timeout <time>', 'how long callers wait for an answer: 10s')
    .option('--idle-limit <time>', 'after which something on the way drops idle connections: 350s')
    .option('--connect <time>', 'how long it takes to open a connection: 400ms')
    .option('--surge <rate>', 'requests of all copies at the height of a surge: 1800/s')
    .option('--connections-per-request <k>', 'connections that one request has at once');
  addImportOptions(command)
    .option('--strict', 'exit 1 when something breaks or hurts')
    .option('--json', 'the answer as one JSON document')
    .option('--no-color', 'no colour; NO_COLOR in the environment says the same')
    .addHelpText('after', afterHelp)
    .action((files: string[], options: RawReviewOptions) => {
      choose(async (session) => {
        const { reviewFiles } = await import('./review/review-files.ts');
        return reviewFiles(session, files, options);
      });
    });
}
