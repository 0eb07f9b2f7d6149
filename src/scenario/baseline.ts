/**
 * What scenarios were, kept in a file beside them: the resolved document of each, which is simulated again
 * beside the new one, so that figures of another version of this program are never compared with. Figures
 * are kept for people who read the file.
 */
import { z } from 'zod';
import { contentsOf, type FileContents } from './files.ts';
import { formatFault } from './fault.ts';
import { hashOf } from './hash.ts';
import { parseScenario, type PlaceOf } from './parse-scenario.ts';
import type { Scenario } from './scenario.ts';

/** Files that a scenario names are kept with it up to this many characters; of larger ones, what tells them apart. */
const MOST_KEPT = 256 * 1024;

const kept = z.object({
  name: z.string(),
  hash: z.string(),
  document: z.record(z.string(), z.unknown()),
  files: z.record(z.string(), z.object({ sha256: z.string(), text: z.string().nullable() })),
  figures: z.record(z.string(), z.number().nullable()),
});

const baselineSchema = z.object({
  format: z.literal(1),
  /** The version that wrote it. */
  tidemark: z.string(),
  scenarios: z.record(z.string(), kept),
});

export type Baseline = z.infer<typeof baselineSchema>;
export type KeptScenario = z.infer<typeof kept>;

type BaselineReading =
  | { readonly ok: true; readonly baseline: Baseline }
  | { readonly ok: false; readonly message: string };

/** What to do about a baseline that is of no use. */
const MAKE_ANEW = 'make it anew with --update-baseline';

/** Reads the text of a baseline file; a message says what is wrong with it. */
export function readBaseline(text: string): BaselineReading {
  const value = jsonOf(text);
  if (!value.ok) return value;
  const format = z.object({ format: z.unknown() }).safeParse(value.value);
  if (!format.success) return refused('is no baseline of tidemark');
  if (format.data.format !== 1) {
    const shown = JSON.stringify(format.data.format);
    return refused(`is a baseline of format ${shown}, and this version reads format 1`);
  }
  const read = baselineSchema.safeParse(value.value, { jitless: true });
  if (read.success) return { ok: true, baseline: read.data };
  const [issue] = read.error.issues;
  return refused(`is broken at ${issue?.path.join('.') ?? 'its top'}: ${issue?.message ?? ''}`);
}

function refused(what: string): { readonly ok: false; readonly message: string } {
  return { ok: false, message: `${what}; ${MAKE_ANEW}` };
}

/** Nothing of the text is repeated: who names another file by mistake may have secrets in it. */
function jsonOf(text: string) {
  try {
    return { ok: true, value: JSON.parse(text) as unknown } as const;
  } catch {
    return refused('is no JSON, so no baseline');
  }
}

/** What is kept of a scenario; what files held that set up its pool is none of it. */
export function keptScenario(
  { name, hash, document, files }: Scenario,
  figures: KeptScenario['figures'],
): KeptScenario {
  const entries = [...files].map(([path, contents]) => [path, keptFile(contents)] as const);
  return {
    name,
    hash,
    document: { ...document },
    files: Object.fromEntries(entries),
    figures: { ...figures },
  };
}

function keptFile(contents: FileContents): KeptScenario['files'][string] {
  const text = contents.ok ? contents.text : '';
  return { sha256: hashOf(text), text: text.length > MOST_KEPT ? null : text };
}

type KeptReading =
  | { readonly ok: true; readonly scenario: Scenario; readonly placeOf: PlaceOf }
  | { readonly ok: false; readonly message: string };

/**
 * The scenario as it was.
 * @param key how the baseline calls it
 * @param now the scenario as it is: large files are looked for there
 */
export function scenarioOf(key: string, one: KeptScenario, now: Scenario): KeptReading {
  const changed: string[] = [];
  const read = parseScenario({
    file: key,
    text: JSON.stringify(one.document),
    sets: [],
    readFile: (path) => {
      const contents = keptContents(one, path, now);
      if (contents === null) changed.push(path);
      return contents ?? { ok: false, message: `${path} was changed` };
    },
  });
  if (changed.length > 0) {
    const message = `${key}: ${changed.join(', ')} is no longer what it was, and too large to be kept in a baseline`;
    return refused(message);
  }
  if (!read.ok) {
    const [fault] = read.faults;
    const why = fault === undefined ? '' : `: ${formatFault({ ...fault, file: key, line: null })}`;
    return refused(`holds a scenario that this version does not read${why}`);
  }
  return { ok: true, scenario: read.scenario, placeOf: read.placeOf };
}

/** null: it is too large to be kept, and no longer what it was. */
function keptContents(one: KeptScenario, path: string, now: Scenario): FileContents | null {
  const known = one.files[path];
  if (known === undefined) return { ok: false, message: `${path} is not in the baseline` };
  if (known.text !== null) return { ok: true, text: known.text };
  const today = contentsOf(now.files, path);
  return today.ok && hashOf(today.text) === known.sha256 ? today : null;
}
