import { describe, expect, it } from 'vitest';
import { faults, imported, leftOut, pools } from './imported.ts';

const hikari = (settings: string): string => `spring.datasource.hikari: { ${settings} }\n`;

describe('documents and files for profiles', () => {
  const DOCUMENTS = `spring.datasource.hikari.maximum-pool-size: 10
---
spring.config.activate.on-profile: prod
spring.datasource.hikari: { maximum-pool-size: 50, minimum-idle: 1 }
---
spring: { profiles: "!prod", datasource.hikari.minimum-idle: 3 }
---
spring.config.activate.on-profile: [eu, us]
spring.datasource.hikari.maximum-pool-size: 70
`;
  const size = (files: Record<string, string>, environment?: string) =>
    pools(files, environment === undefined ? {} : { environment });

  it.each([
    [undefined, 10, 3],
    ['prod', 50, 1],
    ['prod,eu', 70, 1],
    ['dev', 10, 3],
  ])('of one file hold in profile %s, the later over the earlier', (environment, max, min) => {
    expect(size({ 'application.yml': DOCUMENTS }, environment)).toEqual({
      '': { profile: 'hikaricp', maximumPoolSize: max, minimumIdle: min },
    });
  });

  it('of profiles that are not active are listed', () => {
    expect(leftOut({ 'application.yml': DOCUMENTS }, { environment: 'prod' })).toEqual([
      'application.yml:6 spring.profiles: is for profiles that are not active (active: prod): its document is left aside',
      'application.yml:8 spring.config.activate.on-profile: is for profiles that are not active (active: prod): its document is left aside',
    ]);
  });

  it('hold by spring.profiles.active when nobody says otherwise', () => {
    const text = `spring.profiles.active: "\${PROFILE:prod}"\n---\n${DOCUMENTS}`;
    expect(size({ 'application.yml': text })).toMatchObject({ '': { maximumPoolSize: 50 } });
    expect(pools({ 'application.yml': text }, { set: { PROFILE: 'us' } })).toMatchObject({
      '': { maximumPoolSize: 70 },
    });
    expect(
      pools({ 'application.yml': text }, { set: { SPRING_PROFILES_ACTIVE: 'dev' } }),
    ).toMatchObject({ '': { maximumPoolSize: 10 } });
  });

  it('hold by groups and includes', () => {
    const text = `spring.profiles: { group.production: [prod], include: eu }\n---\n${DOCUMENTS}`;
    expect(size({ 'application.yml': text }, 'production')).toMatchObject({
      '': { maximumPoolSize: 70, minimumIdle: 1 },
    });
  });

  it('refuses a broken expression, and a profile that is mistyped', () => {
    const text = 'spring.config.activate.on-profile: a & b | c\nspring.datasource.url: x';
    expect(faults({ 'application.yml': text })).toEqual([
      'application.yml:1:36: spring.config.activate.on-profile: is no expression of profiles; write prod, !dev, a & b, a | b, and parentheses where & and | meet',
    ]);
    expect(faults({ 'application.yml': DOCUMENTS }, { environment: 'prdo' })).toEqual([
      'application.yml: nothing here is for the profile prdo; did you mean prod?',
    ]);
    const group = 'spring.profiles.group: { production: [eu], live: eu }\n';
    expect(faults({ 'application.yml': group }, { environment: 'producton' })).toEqual([
      'application.yml: nothing here is for the profile producton; did you mean production?',
    ]);
  });

  it('says which of the profiles that are asked for nothing is for', () => {
    const text = `spring.profiles.group.live: prod\n---\n${DOCUMENTS}`;
    const { findings } = imported(
      { 'application.yml': text },
      { environment: 'prod,live,kubernetes' },
    );
    expect(findings.flatMap(({ notices }) => notices.map(({ message }) => message))).toEqual([
      'nothing here is for the profile kubernetes',
    ]);
  });

  const FILES = {
    'conf/application-prod.properties': 'spring.datasource.hikari.maximum-pool-size=50\n',
    'application.yml': `${hikari('maximum-pool-size: 10, minimum-idle: 2')}---\nspring.config.activate.on-profile: prod\nspring.datasource.hikari.maximum-pool-size: 20`,
  };

  it('of an active profile win over all of application.yml, whatever their order', () => {
    const expected = { '': { profile: 'hikaricp', maximumPoolSize: 50, minimumIdle: 2 } };
    expect(size(FILES, 'prod')).toEqual(expected);
    expect(size(Object.fromEntries(Object.entries(FILES).reverse()), 'prod')).toEqual(expected);
  });

  it('make their profile active when they are given and nobody says otherwise', () => {
    expect(size(FILES)).toMatchObject({ '': { maximumPoolSize: 50 } });
    expect(size(FILES, 'dev')).toMatchObject({ '': { maximumPoolSize: 10 } });
    expect(leftOut(FILES, { environment: 'dev' })).toContain(
      'conf/application-prod.properties:1 conf/application-prod.properties: is for profiles that are not active (active: dev)',
    );
  });

  it('for different profiles need a word on which is active', () => {
    const files = {
      'application-dev.yml': hikari('minimum-idle: 1'),
      'application-prod.yml': hikari('minimum-idle: 2'),
    };
    expect(faults(files)).toEqual([
      'application-prod.yml: application-dev.yml, application-prod.yml are for different profiles; say which are active with --environment dev,prod or one of them',
    ]);
    expect(size(files, 'prod,dev')).toEqual({ '': { profile: 'hikaricp', minimumIdle: 1 } });
  });

  it('of several applications stay apart', () => {
    const files = {
      'a/application.yml': hikari('minimum-idle: 1'),
      'b/application.yml': hikari('minimum-idle: 2'),
    };
    const found = imported(files).findings.map(({ pools: [pool] }) => pool?.settings[0]?.value);
    expect(found).toEqual([1, 2]);
  });
});
