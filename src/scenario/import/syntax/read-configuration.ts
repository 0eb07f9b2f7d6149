/** The text of a configuration file → its values with their places, by the syntax that its name shows. */
import type { Fault } from '../../fault.ts';
import { readYamlDocuments, refuseText, type SourceFault } from '../../yaml/yaml-source.ts';
import type { Configuration, Syntax } from '../configuration.ts';
import { envDocuments, looksLikeEnvFile } from './env-file.ts';
import { hasErb, maskErb } from './erb.ts';
import { iniDocuments } from './ini-file.ts';
import { tomlDocuments } from './toml-file.ts';
import { withoutComments } from './json-comments.ts';
import { readProperties } from './properties.ts';
import { textSource } from './text-source.ts';
import { readXml } from './xml.ts';

type ConfigurationReading =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly faults: readonly Fault[] };

/** What one syntax makes of a text. */
type Documents = Pick<Configuration, 'documents'> | { readonly faults: readonly SourceFault[] };

/**
 * Reads a file as far as its syntax goes. Messages never repeat what stands in it, because that may be a
 * password.
 */
export function readConfiguration(file: string, text: string): ConfigurationReading {
  const syntax = syntaxOf(file, text);
  const unreadable = refuseText(text, 'a configuration file') ?? refuseEmpty(text);
  const read = unreadable === null ? READERS[syntax](text) : { faults: [unreadable] };
  if ('documents' in read) return { ok: true, configuration: { file, syntax, ...read } };
  const faults = read.faults.map((fault): Fault => ({ file, path: '', ...fault }));
  return { ok: false, faults };
}

/** An empty file is a slip more often than a wish for all the defaults of a product. */
function refuseEmpty(text: string): SourceFault | null {
  if (text.trim() !== '') return null;
  return { line: 1, column: 1, code: 'empty', message: 'is empty; it has to say something' };
}

const READERS: Readonly<Record<Syntax, (text: string) => Documents>> = {
  yaml: yamlDocuments,
  toml: tomlDocuments,
  env: envDocuments,
  ini: iniDocuments,
  json: (text) => yamlDocuments(withoutComments(text)),
  properties: readProperties,
  xml: readXml,
  text: (text) => ({ documents: [textSource(text)] }),
};

const BY_NAME: readonly (readonly [RegExp, Syntax])[] = [
  [/\.ya?ml$/i, 'yaml'],
  [/\.json$/i, 'json'],
  [/\.toml$/i, 'toml'],
  [/\.ini$/i, 'ini'],
  [/(?:^|[\\/])\.env(?:\.[\w.-]+)?$|\.env$/i, 'env'],
  [/\.properties$/i, 'properties'],
  [/\.xml$/i, 'xml'],
  [/\.(?:txt|connection|connection-?string)$/i, 'text'],
];

/** By the name of the file, or by how its text begins. */
function syntaxOf(file: string, text: string): Syntax {
  const named = BY_NAME.find(([pattern]) => pattern.test(file))?.[1];
  if (named !== undefined) return named;
  if (/^\s*\{/.test(text)) return 'json';
  return looksLikeEnvFile(text) ? 'env' : 'yaml';
}

/** JSON is YAML. What is wrong is said without the words of the text. */
function yamlDocuments(text: string): Documents {
  if (!hasErb(text)) return plainYaml(text);
  const masked = maskErb(text);
  if ('faults' in masked) return masked;
  const read = plainYaml(masked.text);
  return 'documents' in read ? { documents: read.documents.map(masked.restore) } : read;
}

function plainYaml(text: string): Documents {
  const read = readYamlDocuments(text);
  if (read.ok) return { documents: read.sources };
  const template = templateFault(text);
  if (template !== null) return { faults: [template] };
  const isSafe = ({ code }: SourceFault): boolean => code !== 'not-yaml';
  const faults = read.faults.map((fault) =>
    isSafe(fault) ? fault : { ...fault, message: 'is not valid YAML (or JSON) here' },
  );
  return { faults: faults.filter((fault, i) => isSafe(fault) || !isSame(fault, faults[i - 1])) };
}

function isSame(fault: SourceFault, before: SourceFault | undefined): boolean {
  return fault.line === before?.line && fault.column === before.column;
}

/** What a chart is made of is YAML only when Helm has filled it in. */
function templateFault(text: string): SourceFault | null {
  const at = text.search(/^[^#\n]*?\{\{/m);
  if (at < 0) return null;
  const start = text.indexOf('{{', at);
  const before = text.slice(0, start).split('\n');
  return {
    line: before.length,
    column: (before.at(-1) ?? '').length + 1,
    code: 'template',
    message:
      'a template begins here ({{ … }}); give what becomes of it, such as the output of helm template',
  };
}
