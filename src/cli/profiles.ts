import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Job } from './session.ts';

const afterHelp = `
Examples:
  tidemark profiles
  tidemark profiles hikaricp
  tidemark profiles pgbouncer --json`;

export function addProfiles(program: Command, choose: (job: Job) => void): void {
  program
    .command('profiles')
    .description('List the real pools that scenarios can name, or explain one.')
    .argument('[profile]', 'which one to explain')
    .option('--json', 'as one JSON document')
    .addHelpText('after', afterHelp)
    .action((name: string | undefined, { json = false }: { json?: boolean }) => {
      choose(async ({ out }) => {
        const { listText, pageText } = await import('./profiles-text.ts');
        out.write(name === undefined ? listText(json) : pageText(name, json));
        return exitCodes.fine;
      });
    });
}
