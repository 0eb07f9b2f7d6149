/** Connection strings in `appsettings.json`, with those of `appsettings.Production.json` in their place. */
import type { Fault } from '../../fault.ts';
import { isMap, type PlainMap } from '../../path.ts';
import { nearMiss } from '../../near-miss.ts';
import type { Configuration, Place } from '../configuration.ts';
import { NOTHING_FOUND, type Findings, type ImportNotice, type LeftOut } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { applicationsOf, baseName, variantOf, type Variant } from '../variants.ts';
import { placeAt } from '../written.ts';
import { foundConnection } from './found-connection.ts';

export const appsettings: Importer = {
  kind: '.NET appsettings',
  profiles: ['npgsql', 'sqlclient'],
  fits: (configuration) =>
    configuration.syntax === 'json' &&
    (FILE_NAME.test(baseName(configuration.file)) || sectionOf(configuration) !== undefined),
  read: (configuration, context) => readSettings([configuration], context),
  readTogether,
};

const FILE_NAME = /^appsettings(?:\.(.+))?\.json$/i;

/** The key of the section with the connection strings; case is free in .NET. */
function sectionOf({ documents }: Configuration): string | undefined {
  const value = documents[0]?.value;
  if (!isMap(value)) return undefined;
  return Object.keys(value).find(
    (key) => key.toLowerCase() === 'connectionstrings' && isMap(value[key]),
  );
}

function readTogether(
  configurations: readonly Configuration[],
  context: ImportContext,
): readonly Findings[] {
  const all = new Map<Configuration, Findings>();
  for (const application of applicationsOf(configurations)) {
    for (const one of application) all.set(one, { ...NOTHING_FOUND, kind: appsettings.kind });
    const [first] = application;
    if (first !== undefined) all.set(first, readSettings(application, context));
  }
  return configurations.map((one) => all.get(one) as Findings);
}

/** A connection string by its name. */
interface Setting {
  readonly name: string;
  readonly key: string;
  readonly text: unknown;
  readonly place: Place;
}

/** The files of one application; without any of them what variables say of it. */
export function readSettings(
  configurations: readonly Configuration[],
  context: ImportContext,
): Findings {
  const variants = configurations.map((one) => variantOf(one, FILE_NAME));
  const { holding, leftOut, faults } = choose(variants, context);
  const settings = new Map<string, Setting>();
  for (const { configuration } of holding)
    for (const one of settingsIn(configuration)) settings.set(one.name.toLowerCase(), one);
  const home = { file: configurations[0]?.file ?? '', line: 1, column: 1 };
  for (const one of ofVariables(context, settings, home)) settings.set(one.name.toLowerCase(), one);
  const read = [...settings.values()].map((one) => readSetting(one, context));
  return {
    ...NOTHING_FOUND,
    kind: appsettings.kind,
    pools: read.flatMap(({ pool }) => pool ?? []),
    leftOut: [...leftOut, ...read.flatMap((one) => one.leftOut)],
    notices: nothingFor(variants, context),
    faults: [...faults, ...read.flatMap((one) => one.faults)],
  };
}

interface Choice {
  /** The later over the earlier. */
  readonly holding: readonly Variant[];
  readonly leftOut: readonly LeftOut[];
  readonly faults: readonly Fault[];
}

/** `--environment`, ASPNETCORE_ENVIRONMENT, the one for which a file was given; .NET's own is Production. */
function choose(variants: readonly Variant[], { environment, variables }: ImportContext): Choice {
  const given =
    environment ??
    variables.find('ASPNETCORE_ENVIRONMENT')?.value ??
    variables.find('DOTNET_ENVIRONMENT')?.value;
  const known = variants.flatMap((one) => one.environment ?? []);
  const chosen = given ?? (known.length === 1 ? known[0] : 'Production');
  const isChosen = (one: Variant): boolean =>
    one.environment?.toLowerCase() === chosen?.toLowerCase();
  const others = variants.filter((one) => one.environment !== null && !isChosen(one));
  const why = `is for another environment than ${chosen ?? ''}`;
  const near = variants.some(isChosen) ? undefined : nearMiss(chosen ?? '', known);
  return {
    holding: [...variants.filter((one) => one.environment === null), ...variants.filter(isChosen)],
    leftOut: others.map(({ configuration: { file } }) => ({
      key: file,
      place: { file, line: 1, column: 1 },
      why,
    })),
    faults: near === undefined ? [] : [mistyped(variants, chosen ?? '', near)],
  };
}

/** An environment that is asked for and for which there is no file. */
function nothingFor(variants: readonly Variant[], { environment }: ImportContext): ImportNotice[] {
  const [first] = variants;
  const isIts = (one: Variant): boolean =>
    one.environment?.toLowerCase() === environment?.toLowerCase();
  if (first === undefined || environment === null || variants.some(isIts)) return [];
  const place = { file: first.configuration.file, line: 1, column: 1 };
  return [{ place, message: `no file is for the environment ${environment}` }];
}

function mistyped([first]: readonly Variant[], chosen: string, near: string): Fault {
  const message = `no file is for the environment ${chosen}; did you mean ${near}?`;
  const file = first?.configuration.file ?? '';
  return { file, line: null, column: null, path: '', code: 'unknown-value', message };
}

function settingsIn(configuration: Configuration): Setting[] {
  const section = sectionOf(configuration);
  if (section === undefined) return [];
  const strings = (configuration.documents[0]?.value as PlainMap)[section] as PlainMap;
  return Object.entries(strings).map(([name, text]) => ({
    name,
    key: `${section}.${name}`,
    text,
    place: placeAt(configuration, [section, name]),
  }));
}

/** What .NET takes for a connection string of the name that is captured. */
export const CONNECTION_VARIABLE = /^connectionstrings(?:__|:)(.+)$/i;

/** ConnectionStrings__Shop of the environment wins over files. */
function ofVariables(
  { variables }: ImportContext,
  settings: ReadonlyMap<string, Setting>,
  home: Place,
): Setting[] {
  return variables.names().flatMap((variable) => {
    const name = CONNECTION_VARIABLE.exec(variable)?.[1];
    if (name === undefined) return [];
    const found = variables.find(variable);
    if (found === undefined) return [];
    const before = settings.get(name.toLowerCase());
    const place = found.place ?? before?.place ?? home;
    return [{ name: before?.name ?? name, key: variable, text: found.value, place }];
  });
}

function readSetting({ name, key, text, place }: Setting, context: ImportContext) {
  const read =
    typeof text === 'string' ? foundConnection(text, { name, key, place }, context) : null;
  if (read !== null) return read;
  const why = 'is no connection string of Npgsql or Microsoft.Data.SqlClient';
  return { pool: null, leftOut: [{ key, place, why }], faults: [] };
}
