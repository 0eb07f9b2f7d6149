import { describe, expect, it } from 'vitest';
import { genericAsProfile } from '../../src/scenario/generic-profile.ts';
import { PROFILES, resolveProfile } from '../../src/scenario/profiles.ts';
import { profileJson } from '../../src/report/profile-json.ts';
import { allProfiles, renderProfileList } from '../../src/report/profile-list.ts';
import { renderProfilePage } from '../../src/report/profile-page.ts';
import { serviceOf, minimal } from '../scenario/reading.ts';

const tooLong = (text: string): string[] => text.split('\n').filter((line) => line.length > 80);

describe('the list of pools', () => {
  it('has a line for each within 80 columns', () => {
    const text = renderProfileList();
    expect(tooLong(text)).toEqual([]);
    for (const { id } of allProfiles()) {
      expect(text.match(new RegExp(`^${id} `, 'gm')), id).toHaveLength(1);
    }
  });

  it('says what a planner wants to know', () => {
    const lines = renderProfileList().split('\n');
    const about = (id: string) =>
      lines.find((line) => line.startsWith(`${id} `))?.split(/ {2,}/) ?? [];
    expect(about('hikaricp')).toEqual([
      'hikaricp',
      'Java',
      '10',
      '30s',
      'first',
      'may barge',
      'pool, 1',
    ]);
    expect(about('tarn')).toEqual(['tarn', 'Node.js', 'not set', '30s', 'first', 'waits', 'pool']);
    expect(about('database-sql')).toEqual([
      'database-sql',
      'Go',
      'no limit',
      'for ever',
      'anybody',
      'may open',
      'caller',
    ]);
  });
});

describe('the page of a pool', () => {
  it.each(allProfiles().map((profile) => [profile.id, profile] as const))(
    'fits 80 columns and leaves nothing out: %s',
    (_, profile) => {
      const text = renderProfilePage(profile);
      expect(tooLong(text)).toEqual([]);
      const flat = text.replace(/\s+/g, '');
      const said = [
        ...profile.semantics,
        ...profile.traps,
        ...profile.leftOut,
        ...Object.values(profile.errors),
        ...profile.undocumented.map(({ assumed }) => assumed),
        profile.version,
        profile.source,
      ];
      for (const sentence of said) expect(flat).toContain(sentence.replace(/\s+/g, ''));
    },
  );

  it('gives an example of what the product corrects', () => {
    const hikaricp = PROFILES.find(({ id }) => id === 'hikaricp');
    const text = hikaricp === undefined ? '' : renderProfilePage(hikaricp);
    expect(text).toContain('- With minimumIdle 20: minimumIdle 20 is not between 0 and');
  });

  it('is JSON for machines', () => {
    for (const profile of allProfiles()) {
      const document = JSON.parse(profileJson(profile)) as Record<string, unknown>;
      expect(document).toMatchObject({ format: 1, id: profile.id });
    }
  });
});

describe('the generic pool among them', () => {
  it('has the defaults of scenario files', () => {
    const { initial, ...listed } = resolveProfile(genericAsProfile, {});
    expect({ ...listed, initial }).toEqual(serviceOf(minimal).pool);
  });
});

describe('the page of a pool that can stand in front of the database', () => {
  it('says how it is put there, and the others say nothing of it', () => {
    const line =
      /^In front of the database: database: \{ pooler: \{ pool: \{ profile: (.*) \} \} \}$/m;
    const said = PROFILES.flatMap((profile) => line.exec(renderProfilePage(profile))?.[1] ?? []);
    expect(said).toEqual(['pgbouncer', 'pgcat', 'odyssey', 'rds-proxy']);
  });
});
