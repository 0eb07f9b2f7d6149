/** All that Spring files of one application say together: documents and files that hold, each over those before. */
import type { Fault } from '../../fault.ts';
import { isList } from '../../path.ts';
import { didYouMean, nearMiss } from '../../near-miss.ts';
import type { Configuration } from '../configuration.ts';
import type { ImportNotice, LeftOut } from '../findings.ts';
import { faultAt } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { variantOf, type Variant } from '../variants.ts';
import { activeProfiles } from './active-profiles.ts';
import { holds, profilesIn } from './profile-expression.ts';
import { propertiesOf, type Property } from './property.ts';

/** How Spring calls its files; with the profile in the name, if it is for one. */
export const FILE_NAME = /^(?:application|bootstrap)(?:-(.+))?\.(?:ya?ml|properties)$/i;

export interface Application {
  /** What holds, by the uniform name. */
  readonly properties: ReadonlyMap<string, Property>;
  readonly leftOut: readonly LeftOut[];
  readonly notices: readonly ImportNotice[];
  readonly faults: readonly Fault[];
}

/** A document of a file, and for which profiles it is. */
interface Part {
  readonly variant: Variant;
  readonly properties: readonly Property[];
  /** One of these must hold; none: it always does. */
  readonly conditions: readonly Property[];
  /** It holds on a certain cloud only. */
  readonly cloud: Property | undefined;
}

export function applicationOf(
  configurations: readonly Configuration[],
  context: ImportContext,
): Application {
  const variants = inOrder(configurations.map((one) => variantOf(one, FILE_NAME)));
  const parts = variants.flatMap(partsOf);
  const always = merged(parts.filter((part) => isForAll(part)));
  const { active, faults } = activeProfiles(always, variants, context);
  const ordered = [...parts].sort((a, b) => rank(a, active) - rank(b, active));
  const judged = ordered.map((part) => ({ part, ...judge(part, active) }));
  const strangers = unknownProfiles(parts, always, context);
  return {
    properties: merged(judged.filter((one) => one.applies).map(({ part }) => part)),
    leftOut: judged.flatMap((one) => one.leftOut),
    notices: strangers.notices,
    faults: [
      ...faults,
      ...judged.flatMap((one) => (one.applies ? doubles(one.part) : one.faults)),
      ...strangers.faults,
    ],
  };
}

/** Files for all before those for a profile; of the same name, .properties after YAML, as Spring has them. */
function inOrder(variants: readonly Variant[]): Variant[] {
  const isLater = ({ configuration: { syntax } }: Variant) => Number(syntax === 'properties');
  return [...variants].sort((a, b) => isLater(a) - isLater(b));
}

function partsOf(variant: Variant): Part[] {
  const { configuration } = variant;
  return configuration.documents.map((_, i) => {
    const properties = propertiesOf(configuration, i);
    const named = (...names: string[]): Property[] =>
      properties.filter(({ name }) => names.includes(name.replace(/\[\d+\]$/, '')));
    return {
      variant,
      properties,
      conditions: named('spring.config.activate.onprofile', 'spring.profiles'),
      cloud: named('spring.config.activate.oncloudplatform')[0],
    };
  });
}

function isForAll({ variant, conditions, cloud }: Part): boolean {
  return variant.environment === null && conditions.length === 0 && cloud === undefined;
}

function merged(parts: readonly Part[]): ReadonlyMap<string, Property> {
  return new Map(parts.flatMap(({ properties }) => properties.map((one) => [one.name, one])));
}

/** Files for a profile come after those for all, in the order of the active profiles. */
function rank({ variant: { environment } }: Part, active: readonly string[]): number {
  return environment === null ? -1 : active.indexOf(environment);
}

interface Judgement {
  readonly applies: boolean;
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

/** Whether a document holds. */
function judge({ variant, conditions, cloud }: Part, active: readonly string[]): Judgement {
  const { environment, configuration } = variant;
  const nothing = { applies: false, leftOut: [], faults: [] };
  const others = `is for profiles that are not active (active: ${active.join(', ')})`;
  if (environment !== null && !active.includes(environment)) {
    const place = { file: configuration.file, line: 1, column: 1 };
    return { ...nothing, leftOut: [{ key: configuration.file, place, why: others }] };
  }
  if (cloud !== undefined)
    return { ...nothing, leftOut: [leftOut(cloud, 'is for one cloud platform only')] };
  const [first] = conditions;
  if (first === undefined) return { ...nothing, applies: true };
  const verdicts = conditions.flatMap((one) =>
    expressionsOf(one).map((text) => ({ one, verdict: holds(text, new Set(active)) })),
  );
  const broken = verdicts.find(({ verdict }) => verdict === null);
  if (broken !== undefined) return { ...nothing, faults: [noExpression(broken.one)] };
  const applies = verdicts.some(({ verdict }) => verdict === true);
  return { ...nothing, applies, leftOut: applies ? [] : [leftOut(first, others)] };
}

function leftOut({ key, place }: Property, why: string): LeftOut {
  return { key, place, why: `${why}: its document is left aside` };
}

function expressionsOf({ value }: Property): string[] {
  const all = isList(value) ? value : [value];
  return all.flatMap((one) => String(one).split(','));
}

/** One setting of a pool under two spellings; which of them Spring takes is not written anywhere. */
function doubles({ properties }: Part): Fault[] {
  const first = new Map<string, Property>();
  return properties.flatMap((property) => {
    const { name } = property;
    const before = first.get(name);
    if (before === undefined) first.set(name, property);
    if (before === undefined || !/\.hikari\.|^spring\.(?:datasource|r2dbc)\./.test(name)) return [];
    const message = `is the same setting as ${before.key} in line ${before.place.line}; keep one`;
    return [faultAt(property, 'too-many', message)];
  });
}

function noExpression(property: Property): Fault {
  const message =
    'is no expression of profiles; write prod, !dev, a & b, a | b, and parentheses where & and | meet';
  return faultAt(property, 'bad-expression', message);
}

/** Profiles that are asked for and that nothing here is for; a fault if one looks like one that there is. */
function unknownProfiles(
  parts: readonly Part[],
  always: ReadonlyMap<string, Property>,
  { environment }: ImportContext,
): Pick<Application, 'notices' | 'faults'> {
  const known = [
    ...parts.flatMap(({ variant }) => variant.environment ?? []),
    ...parts.flatMap(({ conditions }) => conditions.flatMap(expressionsOf).flatMap(profilesIn)),
    ...[...always.values()].flatMap(({ parts: names }) => GROUP.exec(names.join('.'))?.[1] ?? []),
  ];
  const given = environment?.split(',').map((one) => one.trim()) ?? [];
  const strangers = given.filter((profile) => !known.includes(profile));
  const isSlip = (profile: string): boolean => nearMiss(profile, known) !== undefined;
  const file = parts[0]?.variant.configuration.file ?? '';
  const words = (profile: string): string => `nothing here is for the profile ${profile}`;
  return {
    notices: strangers
      .filter((profile) => !isSlip(profile))
      .map((profile) => ({ place: { file, line: 1, column: 1 }, message: words(profile) })),
    faults: strangers.filter(isSlip).map((profile): Fault => {
      const message = `${words(profile)}${didYouMean(profile, known)}`;
      return { file, line: null, column: null, path: '', code: 'unknown-value', message };
    }),
  };
}

/** `spring.profiles.group.prod`, or `…[0]` of it. */
const GROUP = /^spring\.profiles\.group\.([\w-]+)/i;
