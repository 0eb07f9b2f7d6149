/** What the command `profiles` prints: loaded when it is asked for, as everything about profiles is. */
import { profileJson, profileListJson } from '../report/profile-json.ts';
import { renderProfileList } from '../report/profile-list.ts';
import { renderProfilePage } from '../report/profile-page.ts';
import { genericAsProfile } from '../scenario/generic-profile.ts';
import { findProfile, profileHint } from '../scenario/profiles.ts';
import { UserFault } from './faults.ts';

export function listText(json: boolean): string {
  return json ? profileListJson() : renderProfileList();
}

/** @throws UserFault when there is no profile of that name */
export function pageText(name: string, json: boolean): string {
  const profile = name === genericAsProfile.id ? genericAsProfile : findProfile(name);
  if (profile === undefined) {
    const hint = profileHint(name);
    const list = hint === '' ? '; tidemark profiles lists all' : hint;
    throw new UserFault([`${name}: there is no profile of that name${list}`]);
  }
  return json ? profileJson(profile) : renderProfilePage(profile);
}
