/** The table of all pools: what a planner wants to know before looking closer. */
import { genericAsProfile } from '../scenario/generic-profile.ts';
import { PROFILES, resolveProfile, type Profile } from '../scenario/profiles.ts';
import { maxWords, newcomerWords, openingWords, timeoutWords, turnWords } from './profile-words.ts';
import { tableLines } from './table.ts';

/** The list on a terminal, at most 80 columns wide, a line feed at the end. */
export function renderProfileList(): string {
  const lines = [
    ...tableLines(
      [
        { head: 'Profile' },
        { head: 'Home', whenLong: 'shorten' },
        { head: 'Max', align: 'right' },
        { head: 'Waits', align: 'right' },
        { head: 'Next' },
        { head: 'Newcomer' },
        { head: 'Opens' },
      ],
      allProfiles().map(rowOf),
    ),
    '',
    'Max, Waits  most connections, and the longest wait for one, unless set',
    'Next        who of those who wait gets the next connection: who came first, …',
    'Newcomer    waits behind them, or may take a free connection (barge) or room',
    '            for a new one (open) before they do',
    'Opens       who opens connections, and how many at once where that is limited',
    '',
    'One of them in full: tidemark profiles <profile>',
  ];
  return `${lines.join('\n')}\n`;
}

/** The generic pool first, then the products, those of one platform together. */
export function allProfiles(): readonly Profile[] {
  return [genericAsProfile, ...PROFILES];
}

function rowOf(profile: Profile): string[] {
  const pool = resolveProfile(profile, {});
  const home = profile.home.split(/[;(]| on | between | by | in /)[0] ?? '';
  return [
    profile.id,
    home.trim(),
    maxWords(profile),
    timeoutWords(pool),
    turnWords(pool),
    newcomerWords(pool),
    openingWords(pool),
  ];
}
