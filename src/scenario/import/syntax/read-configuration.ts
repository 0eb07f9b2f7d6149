/** The text of a configuration file → its values with their places, by the syntax that its name shows. */
import type { Fault } from '../../fault.ts';
import { readYamlDocuments, refuseText, type SourceFault } from '../../yaml/yaml-source.ts';
import type { Configuration, Syntax } from '../configuration.ts';
import { envDocuments } from './env-file.ts';
import { hasErb, maskErb } from './erb.ts';
import { iniDocuments } from './ini-file.ts';
import { tomlDocuments } from './toml-file.ts';
import { withoutComments } from './json-comments.ts';
import { readProperties } from './properties.ts';
import { syntaxOf } from './syntax-of.ts';
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
  const unreadable =
    refuseText(text, 'a configuration file') ?? refuseEmpty(text) ?? refuseCode(file);
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

/** Files of programs, and of Prisma, whose pool stands elsewhere. */
function refuseCode(file: string): SourceFault | null {
  const at = { line: 1, column: 1, code: 'code' };
  if (/\.[cm]?[jt]sx?$|\.(?:py|rb|go|java|kts?|cs|php|rs|gradle)$/i.test(file))
    return { ...at, message: 'is code, which is not run; write what it sets up out as JSON' };
  if (!/\.prisma$/i.test(file)) return null;
  const message = 'has no pool; Prisma takes it from the URL: give the .env with DATABASE_URL';
  return { ...at, message };
}

const READERS: Readonly<Record<Syntax, (text: string) => Documents>> = {
  yaml: (text) => yamlDocuments(text, 'older'),
  toml: tomlDocuments,
  env: envDocuments,
  ini: iniDocuments,
  json: (text) => yamlDocuments(withoutComments(text), 'usual'),
  properties: readProperties,
  xml: readXml,
  text: (text) => ({ documents: [textSource(text)] }),
};

/** JSON is YAML. What is wrong is said without the words of the text. */
function yamlDocuments(text: string, numbers: Numbers): Documents {
  if (!hasErb(text)) return plainYaml(text, numbers);
  const masked = maskErb(text);
  if ('faults' in masked) return masked;
  const read = plainYaml(masked.text, numbers);
  return 'documents' in read ? { documents: read.documents.map(masked.restore) } : read;
}

/** How numbers are read: Spring, Rails and Kubernetes do it as YAML 1.1 does. */
type Numbers = Parameters<typeof readYamlDocuments>[1];

function plainYaml(text: string, numbers: Numbers): Documents {
  const read = readYamlDocuments(text, numbers);
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
