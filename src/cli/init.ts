import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import { addImportOptions } from './import/options.ts';
import type { RawInitOptions } from './init/options.ts';
import type { Job } from './session.ts';
import { collect } from './settings.ts';

const afterHelp = `
On a terminal it asks for what no option says, at most seven questions; an empty
answer leaves the value assumed. Without a terminal the rate, and how long a
connection is out, have to be said by options. The scenario goes to standard
output and ends with the three numbers to measure first.

Examples:
  tidemark init > surge.yaml
  tidemark init application.yml deployment.yaml --rate 450/s \\
    --surge lunch=800/s --surge flash-sale=1800/s --hold-p50 12ms \\
    --hold-p99 180ms --db-cores 4 --db-max 100 --objective 'errors < 1%'

${exitCodeHelp}`;

export function addInit(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('init')
    .description('Make a first scenario from a few answers and the files that you have.')
    .argument('[file...]', 'configuration files: of the pool, of the deployment')
    .option('--pods <n>', 'how many pods (instances) run')
    .option('--rate <rate>', 'requests that arrive now: 450/s')
    .option('--surge <name=rate>', 'their peak in a surge: lunch=800/s (repeatable)', collect)
    .option('--hold-mean <time>', 'how long a connection is out: the mean')
    .option('--hold-p50 <time>', 'the same: half are shorter')
    .option('--hold-p99 <time>', 'the same: one in a hundred is longer')
    .option('--measured-at <rate>', 'at which rate that was measured (default: --rate)')
    .option('--db-cores <n>', "the database's processors")
    .option('--db-max <n>', 'its max_connections')
    .option('--objective <text>', "what must hold: 'response p99 < 1s' (repeatable)", collect);
  addImportOptions(command)
    .option('--name <word>', 'name of the scenario')
    .option('--out <folder>', 'write the scenario there too')
    .addHelpText('after', afterHelp)
    .action((files: string[], options: RawInitOptions) => {
      choose(async (session) => {
        const { initScenario } = await import('./init/init-scenario.ts');
        return initScenario(session, files, options);
      });
    });
}
