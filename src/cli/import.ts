import type { Command } from 'commander';
import { exitCodeHelp } from './exit-codes.ts';
import { addImportOptions, type RawImportOptions } from './import/options.ts';
import type { Job } from './session.ts';

const afterHelp = `
Reads Spring Boot, HikariCP, Tomcat, .NET, node-postgres, knex, Sequelize,
Prisma, Rails, SQLAlchemy, Django and PgBouncer settings, Kubernetes manifests
and Helm values. What stands for a placeholder, what is left out and what is
assumed is said on standard error; the scenario goes to standard output.

Examples:
  tidemark import application.yml deployment.yaml > surge.yaml
  tidemark import application.yml --environment prod -e prod.env
  tidemark import config/database.yml --into surge.yaml --set RAILS_MAX_THREADS=5

${exitCodeHelp}`;

export function addImport(program: Command, choose: (job: Job) => void): void {
  const command = program
    .command('import')
    .description('Make a scenario of the configuration files that you have.')
    .argument('<file...>', 'configuration files; - is standard input')
    .option('--into <scenario>', 'put it into this scenario, whose comments stay, and print that');
  addImportOptions(command)
    .option('--out <folder>', 'write the scenario there too')
    .option('--json', 'what was found, as one JSON document')
    .addHelpText('after', afterHelp)
    .action((files: string[], options: RawImportOptions) => {
      choose(async (session) => {
        const { importConfigurations } = await import('./import/import-configurations.ts');
        return importConfigurations(session, files, options);
      });
    });
}
