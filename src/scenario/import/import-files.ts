/** Configuration files → what all of them together say, or every fault in them. */
import type { Fault } from '../fault.ts';
import { didYouMean } from '../near-miss.ts';
import type { Profile } from '../profiles.ts';
import type { Configuration } from './configuration.ts';
import { envLayers } from './env-layers.ts';
import { NOTHING_FOUND, type Findings } from './findings.ts';
import { faultAt } from './found-pool.ts';
import type { ImportContext, Importer } from './importer.ts';
import { serverVariables } from './environment-file/server-variables.ts';
import { uselessFault } from './environment-file/environment-file.ts';
import { withPoolOfFleet, withPoolsOf } from './environment-file/pools-in-variables.ts';
import { importerFor } from './importers.ts';
import { maskedKey } from './masked-key.ts';
import { readConfiguration } from './syntax/read-configuration.ts';
import { Variables, type Filled, type VariableLayer } from './variables.ts';

export interface FileText {
  readonly file: string;
  readonly text: string;
}

export interface ImportRequest {
  readonly files: readonly FileText[];
  /** What placeholders stand for, the most important layer first; before those of `envFiles`. */
  readonly variables: readonly VariableLayer[];
  /** Environment files, the most important first. */
  readonly envFiles: readonly FileText[];
  readonly environment: string | null;
  readonly profile: Profile | null;
}

export interface Imported {
  /** One for each file, in their order, then one for each environment file beside them. */
  readonly findings: readonly Findings[];
  /** Placeholders that were filled in. */
  readonly filled: readonly Filled[];
  /** The files and what they are. */
  readonly files: readonly { readonly file: string; readonly kind: string }[];
}

type ImportReading =
  ({ readonly ok: true } & Imported) | { readonly ok: false; readonly faults: readonly Fault[] };

/**
 * Reads all files. Variables that one of them gives to the service, such as the `env` of a Deployment, fill
 * in placeholders of the others, after `variables`.
 */
export function importFiles(request: ImportRequest): ImportReading {
  const env = envLayers(request.envFiles);
  const faults: Fault[] = [...env.faults];
  const before = contextOf(request, env.layers);
  const known = request.files.flatMap(({ file, text }): Known[] => {
    const read = readConfiguration(file, text);
    if (read.ok) return kindOf(read.configuration, before, faults);
    faults.push(...read.faults);
    return [];
  });
  const givers = readAll(known.filter(givesVariables), before);
  const context = contextOf(request, [...env.layers, ...[...givers.values()].map(layerOf)]);
  const others = readAll(
    known.filter((one) => !givesVariables(one)),
    context,
  );
  const complete = withVariables(givers, [...others.values()], context);
  const findings = [
    ...known.flatMap((one) => complete.get(one) ?? others.get(one) ?? []),
    ...env.layers.map((layer) => serverBeside(layer, before)),
  ];
  faults.push(...findings.flatMap((one) => one.faults));
  faults.push(...findings.flatMap((one) => otherProduct(one, request.profile)));
  if (faults.length === 0) faults.push(...uselessVariables(request, [before, context]));
  if (faults.length > 0) {
    return {
      ok: false,
      faults: faults.map((fault) => ({ ...fault, path: maskedKey(fault.path) })),
    };
  }
  const filled = [...before.variables.filled, ...context.variables.filled];
  const files = known.map(({ importer, configuration }) => ({
    file: configuration.file,
    kind: importer.kind,
  }));
  return { ok: true, findings: findings.map(withMaskedKeys), filled, files };
}

function withMaskedKeys(findings: Findings): Findings {
  const leftOut = findings.leftOut.map((one) => ({ ...one, key: maskedKey(one.key) }));
  return { ...findings, leftOut };
}

/** A file whose own words say that its pool is another product's than was asked for. */
function otherProduct({ pools }: Findings, asked: Profile | null): Fault[] {
  const [pool] = pools;
  if (asked === null || pool === undefined) return [];
  if (pools.some(({ profile }) => profile.id === asked.id)) return [];
  const message = `sets up ${pool.profile.product}, and not ${asked.product}, which was asked for`;
  return [faultAt({ key: '', place: pool.place }, 'other-product', message)];
}

/** Variables that no file has any use for; never with their values. Without files nobody knows. */
function uselessVariables(
  { files, variables }: ImportRequest,
  contexts: readonly ImportContext[],
): Fault[] {
  if (files.length === 0) return [];
  const asked = contexts.flatMap((one) => [...one.variables.asked]);
  return variables.flatMap(({ from, values }) =>
    [...values.keys()]
      .filter((name) => !asked.includes(name) && !files.some(({ text }) => text.includes(name)))
      .map((name): Fault => {
        const message = `no file has a placeholder of this name${didYouMean(name, asked)}`;
        const place = { file: `${from} ${name}`, line: null, column: null, path: '' };
        return { ...place, code: 'unused', message };
      }),
  );
}

interface Known {
  readonly importer: Importer;
  readonly configuration: Configuration;
}

function kindOf(configuration: Configuration, context: ImportContext, faults: Fault[]): Known[] {
  const importer = importerFor(configuration, context);
  if (importer.ok) return [{ importer: importer.value, configuration }];
  const { code, message } = importer;
  faults.push({ file: configuration.file, line: null, column: null, path: '', code, message });
  return [];
}

/** Files about copies of a service do, and set up no pool themselves; files of variables do both. */
function givesVariables({ importer }: Known): boolean {
  return importer.profiles.length === 0 || importer.givesVariables === true;
}

/**
 * What files of variables say together with the pools that these set up. Whoever names an environment file
 * means its pool; a manifest's variables set up the service's pool only where no file does.
 */
function withVariables(
  givers: ReadonlyMap<Known, Findings>,
  others: readonly Findings[],
  context: ImportContext,
): ReadonlyMap<Known, Findings> {
  const used = new Set(context.variables.asked);
  const [files, fleets] = [true, false].map((isFile) =>
    [...givers].filter(([{ importer }]) => (importer.givesVariables === true) === isFile),
  ) as [[Known, Findings][], [Known, Findings][]];
  const read = files.map(([one, findings]): [Known, Findings] => {
    const found = withPoolsOf(findings, used, context);
    const useless = uselessFault(one.configuration.file, found, used);
    return [one, { ...found, faults: [...found.faults, ...useless] }];
  });
  const hasPool = [...others, ...read.map(([, findings]) => findings)].some(setsUpService);
  const deployed = fleets.map(([one, findings]): [Known, Findings] => {
    return [one, withPoolOfFleet(findings, used, { ...context, hasPool })];
  });
  return new Map([...read, ...deployed]);
}

/** What an environment file that stands for placeholders says of the server all the same. */
function serverBeside({ values, places }: VariableLayer, context: ImportContext): Findings {
  const written = [...values].flatMap(([name, value]) => {
    const place = places?.get(name);
    return place === undefined ? [] : [{ name, key: name, value, place }];
  });
  return { ...NOTHING_FOUND, kind: 'environment file', ...serverVariables(written, context) };
}

/** Sets up the pool of a service, and not that of a pooler in front of the database. */
function setsUpService({ pools }: Findings): boolean {
  return pools.some(({ profile }) => profile.asPooler === undefined);
}

/** What each file says; those of a kind whose files override each other are read together. */
function readAll(known: readonly Known[], context: ImportContext): ReadonlyMap<Known, Findings> {
  const found = new Map<Known, Findings>();
  for (const one of known) {
    if (found.has(one)) continue;
    const { importer, configuration } = one;
    const all = known.filter((other) => other.importer === importer);
    const configurations = all.map((other) => other.configuration);
    const together = importer.readTogether?.(configurations, context);
    if (together === undefined) found.set(one, importer.read(configuration, context));
    else for (const [i, findings] of together.entries()) found.set(all[i] as Known, findings);
  }
  return found;
}

function contextOf(request: ImportRequest, below: readonly VariableLayer[]): ImportContext {
  const { environment, profile } = request;
  return { variables: new Variables([...request.variables, ...below]), environment, profile };
}

/** Variables that a file gives to the service. */
function layerOf({ kind, environment }: Findings): VariableLayer {
  const values = [...environment].map(([name, { value }]) => [name, value] as const);
  const places = [...environment].map(([name, { place }]) => [name, place] as const);
  const [first] = environment.values();
  const from = first?.place.file ?? kind;
  return { from, values: new Map(values), places: new Map(places) };
}
