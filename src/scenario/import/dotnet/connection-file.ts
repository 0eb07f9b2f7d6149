/** A file with nothing but a connection string of .NET in it. */
import type { Configuration, Place } from '../configuration.ts';
import { NOTHING_FOUND, type Findings } from '../findings.ts';
import type { ImportContext, Importer } from '../importer.ts';
import { placesIn } from '../syntax/text-source.ts';
import { placeAt } from '../written.ts';
import { foundConnection, type ConnectionReading } from './found-connection.ts';

export const connectionFile: Importer = {
  kind: '.NET connection string',
  profiles: ['npgsql', 'sqlclient'],
  fits: (configuration, context) => readString(configuration, context) !== null,
  read: (configuration, context): Findings => {
    const { pool = null, leftOut = [], faults = [] } = readString(configuration, context) ?? {};
    const pools = pool === null ? [] : [pool];
    return { ...NOTHING_FOUND, kind: connectionFile.kind, pools, leftOut, faults };
  },
};

function readString(
  configuration: Configuration,
  context: ImportContext,
): ConnectionReading | null {
  const [document, second] = configuration.documents;
  const text = document?.value;
  if (typeof text !== 'string' || second !== undefined) return null;
  const place = placeAt(configuration, []);
  const where = { name: null, key: '', place };
  const isPlain = configuration.syntax === 'text';
  return foundConnection(
    text,
    isPlain ? { ...where, placeOf: placeFrom(text, place) } : where,
    context,
  );
}

/** Where the characters of a text stand that begins at a place. */
function placeFrom(text: string, { file, line, column }: Place): (offset: number) => Place {
  const inside = placesIn(text);
  return (offset) => {
    const at = inside(offset);
    const isFirst = at.line === 1;
    return { file, line: line + at.line - 1, column: isFirst ? column + at.column - 1 : at.column };
  };
}
