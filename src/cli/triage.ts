import type { Command } from 'commander';
import type { Job } from './session.ts';
import type { RawTriageOptions } from './triage/options.ts';

const afterHelp = `
The figures of one pool, or of all pools of a service together. Give what you
have; the answer says which figure would tell most next.

Examples:
  tidemark triage --active 10 --max 10 --pending 180
  tidemark triage --active 10 --max 10 --pending 180 --wait-p99 5s \\
    --use-p50 58ms --use-usual 50ms --db-cpu 20% --connect 400ms`;

export function addTriage(program: Command, choose: (job: Job) => void): void {
  program
    .command('triage')
    .description('A few numbers from a dashboard: what it is, and what to look at next.')
    .option('--active <n>', 'connections in use')
    .option('--max <n>', 'most connections')
    .option('--pending <n>', 'requests that wait for a connection')
    .option('--opening <n>', 'connections that are being opened')
    .option('--wait-p99 <time>', 'wait for a connection, 99th percentile: 5s')
    .option('--use-p50 <time>', 'how long a connection is out, median: 58ms')
    .option('--use-usual <time>', 'the same on an ordinary day')
    .option('--use-before-deploy <time>', 'the same just before the last deployment')
    .option('--connect <time>', 'how long it takes to open a connection')
    .option('--round-trip <time>', 'network time to the database and back')
    .option('--db-cpu <share>', "busy share of the database's processors: 20%")
    .option('--running <n>', 'of the connections in use, those that run a query')
    .option('--least-active <n>', 'in use on the idlest instance (--active: on the busiest)')
    .option('--slots <n/n>', 'connections that the server has / max_connections: 97/100')
    .option('--threads <n/n>', 'busy request threads of an instance / most: 200/200')
    .option('--json', 'the answer as one JSON document')
    .option('--no-color', 'no colour; NO_COLOR in the environment says the same')
    .addHelpText('after', afterHelp)
    .action((options: RawTriageOptions) => {
      choose(async (session) => {
        const { answerTriage } = await import('./triage/answer-triage.ts');
        return answerTriage(session, options);
      });
    });
}
