/** Pools for machines: the list with what stands in the table, or one of them with everything. */
import { resolveProfile, startUpExample, type Profile } from '../scenario/profiles.ts';
import { allProfiles } from './profile-list.ts';

/** The document of `tidemark profiles --json`. A limit that there is not is null. */
export function profileListJson(): string {
  return text({ format: 1, profiles: allProfiles().map(summary) });
}

/** The document of `tidemark profiles <id> --json`. */
export function profileJson(profile: Profile): string {
  const { settings, startUp, errors, metrics, semantics, traps, undocumented, leftOut } = profile;
  const { policy, ...numbers } = resolveProfile(profile, {});
  return text({
    format: 1,
    ...summary(profile),
    settings,
    startUp: startUp.map((rule) => {
      const example = startUpExample(profile, rule);
      return {
        settings: rule.settings,
        example: example?.values ?? null,
        says: example?.says ?? null,
      };
    }),
    errors,
    metrics,
    semantics,
    traps,
    undocumented,
    leftOut,
    byDefault: numbers,
    policy,
  });
}

function summary(profile: Profile) {
  const { id, aliases = [], product, home, version, source } = profile;
  const { max, acquireTimeoutNs, policy } = resolveProfile(profile, {});
  return {
    ...{ id, aliases, product, home, version, source },
    max,
    acquireTimeoutMs: acquireTimeoutNs / 1e6,
    order: policy.order,
    barging: policy.barging,
    newConnection: policy.newConnection,
    openingsAtOnce: policy.openingsAtOnce,
  };
}

/** JSON has no Infinity; null is what it would become anyway, said here on purpose. */
function text(document: object): string {
  const isEndless = (value: unknown): boolean =>
    typeof value === 'number' && !Number.isFinite(value);
  const write = (_key: string, value: unknown): unknown => (isEndless(value) ? null : value);
  return `${JSON.stringify(document, write, 2)}\n`;
}
