/** What an import found, filled in, assumed and left out: for people, beside the scenario. */
import type { Imported } from '../../scenario/import/import-files.ts';
import { placeWords } from '../../scenario/import/configuration.ts';
import type { LeftOut } from '../../scenario/import/findings.ts';
import type { ImportedScenario } from '../../scenario/import/import-scenario.ts';
import { wrap } from '../text.ts';

/** What became of it. */
interface Outcome extends Pick<ImportedScenario, 'assumed' | 'leftOut'> {
  /** Somebody was asked besides. */
  readonly asked?: true;
}

/** Lines for standard error. Values of what was left out are never among them. */
export function importNotes(imported: Imported, outcome: Outcome): string {
  const lines = [
    ...imported.files.map(({ file, kind }) => `${file}: ${kind}`),
    ...imported.filled.map(
      ({ name, value, from, place }) =>
        `\${${name}} is ${value}, ${from === 'its default' ? from : `from ${from}`} (${placeWords(place)})`,
    ),
    ...imported.findings.flatMap(({ notices }) =>
      notices.map(({ place, message }) => `${placeWords(place)}: ${message}`),
    ),
    ...leftOutLines(outcome.leftOut),
    ...assumedLines(outcome),
  ];
  return lines
    .flatMap((line) => wrap(line))
    .map((line) => `${line}\n`)
    .join('');
}

function assumedLines({ assumed, asked }: Outcome): string[] {
  if (assumed.length === 0) return [];
  const who = asked === true ? 'nobody' : 'no file';
  return [
    `assumed, because ${who} says it: ${assumed.map(({ path }) => path.join('.')).join(', ')}`,
  ];
}

/** One line for each reason. */
function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const reasons = [...new Set(leftOut.map(({ why }) => why))];
  return reasons.map((why) => {
    const keys = leftOut.filter((one) => one.why === why);
    const names = keys.map(({ key, place }) => `${key} (${placeWords(place)})`);
    return `not simulated, as it ${why}: ${names.join(', ')}`;
  });
}
