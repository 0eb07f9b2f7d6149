import type { Command } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { UserFault } from './faults.ts';
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
        out.write(name === undefined ? await listText(json) : await pageText(name, json));
        return exitCodes.fine;
      });
    });
}

async function listText(json: boolean): Promise<string> {
  if (json) return (await import('../report/profile-json.ts')).profileListJson();
  return (await import('../report/profile-list.ts')).renderProfileList();
}

async function pageText(name: string, json: boolean): Promise<string> {
  const { findProfile, nearProfile } = await import('../scenario/profiles.ts');
  const { genericAsProfile } = await import('../scenario/generic-profile.ts');
  const profile = name === genericAsProfile.id ? genericAsProfile : findProfile(name);
  if (profile === undefined) {
    const near = nearProfile(name);
    const hint = near === undefined ? '' : `; did you mean ${near}?`;
    const list = hint === '' ? '; tidemark profiles lists all' : hint;
    throw new UserFault([`${name}: there is no profile of that name${list}`]);
  }
  if (json) return (await import('../report/profile-json.ts')).profileJson(profile);
  return (await import('../report/profile-page.ts')).renderProfilePage(profile);
}
