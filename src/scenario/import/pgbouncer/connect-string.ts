/** What a line of PgBouncer's [databases] says: `host=10.0.0.5 password='it''s' pool_size=40`. */

interface Parameter {
  readonly name: string;
  readonly value: string;
  /** Characters before the value. */
  readonly offset: number;
}

/** A value stands in single quotes or has no blanks; a quote inside is doubled. */
const PARAMETER = /\s*([\w]+)\s*=\s*('(?:[^']|'')*'|(?!')\S*)(?=\s|$)/y;

/** The parameters in their order; null when the text is no such line. */
export function connectString(text: string): readonly Parameter[] | null {
  const parameters: Parameter[] = [];
  const end = text.trimEnd().length;
  for (let at = 0; at < end; at = PARAMETER.lastIndex) {
    PARAMETER.lastIndex = at;
    const [whole, name, raw = ''] = PARAMETER.exec(text) ?? [];
    if (whole === undefined || name === undefined) return null;
    const value = raw.startsWith("'") ? raw.slice(1, -1).replace(/''/g, "'") : raw;
    parameters.push({ name, value, offset: PARAMETER.lastIndex - raw.length });
  }
  return parameters;
}
