import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import type { Job } from './session.ts';

const afterHelp = `
Save it and name it in the first line of a scenario, and editors complete keys:
  # yaml-language-server: $schema=tidemark.schema.json`;

export function addSchema(program: Command, choose: (job: Job) => void): void {
  program
    .command('schema')
    .description('Print the JSON schema of scenario files, for editors.')
    .option('--json', 'as without: the schema is JSON')
    .addHelpText('after', afterHelp)
    .action(() => {
      choose(async ({ out }) => {
        const { scenarioJsonSchema } = await import('../scenario/json-schema.ts');
        out.write(`${JSON.stringify(scenarioJsonSchema(), null, 2)}\n`);
        return exitCodes.fine;
      });
    });
}
