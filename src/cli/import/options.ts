// The options of every command that reads configuration files.

import type { Command } from 'commander';
import { collect } from '../settings.ts';

/** As commander hands them over. */
export interface RawConfigurationOptions {
  readonly envFile?: readonly string[];
  readonly set?: readonly string[];
  readonly environment?: string;
  readonly profile?: string;
}

export interface RawImportOptions extends RawConfigurationOptions {
  readonly into?: string;
  readonly out?: string;
  readonly json?: true;
}

/** Adds them to a command, after its own. */
export function addImportOptions(command: Command): Command {
  return command
    .option(
      '-e, --env-file <file>',
      'what placeholders such as ${DB_POOL} stand for (repeatable)',
      collect,
    )
    .option('--set <name=value>', 'a placeholder, or a path of the scenario (repeatable)', collect)
    .option('--environment <name>', 'which section or profile of the files holds: prod')
    .option('--profile <pool>', 'which pool reads the file, where it does not show');
}
