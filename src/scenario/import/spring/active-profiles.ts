/** Which of Spring's profiles are active, as far as the command, variables and the files say. */
import type { Fault } from '../../fault.ts';
import { isList } from '../../path.ts';
import { faultAt, relaxed } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import type { Variant } from '../variants.ts';
import type { Property } from './property.ts';

/** In the order in which they override each other, the last one wins. */
export interface ActiveProfiles {
  readonly active: readonly string[];
  readonly faults: readonly Fault[];
}

/**
 * `--environment`, then SPRING_PROFILES_ACTIVE, then the one profile for which a file was given, then
 * `spring.profiles.active`, `spring.profiles.default`, and `default`. `always`: the properties of documents
 * without a condition.
 */
export function activeProfiles(
  always: ReadonlyMap<string, Property>,
  variants: readonly Variant[],
  context: ImportContext,
): ActiveProfiles {
  const faults: Fault[] = [];
  const from = (name: string): string[] => textsOf(always, name, context, faults);
  const [chosen, ...others] = new Set(variants.flatMap(({ environment }) => environment ?? []));
  const given = givenProfiles(context);
  if (given === null && others.length > 0) faults.push(manyVariants(variants, [chosen, ...others]));
  const active =
    given ?? (chosen === undefined ? null : [chosen]) ?? some(from('spring.profiles.active'));
  const included = from('spring.profiles.include');
  const all = [...included, ...(active ?? some(from('spring.profiles.default')) ?? ['default'])];
  const grouped = all.flatMap((profile) => [
    profile,
    ...from(`spring.profiles.group.${relaxed(profile)}`),
  ]);
  return { active: [...new Set(grouped)], faults };
}

function some(texts: string[]): string[] | null {
  return texts.length === 0 ? null : texts;
}

function givenProfiles({ environment, variables }: ImportContext): string[] | null {
  const found = environment ?? variables.find('SPRING_PROFILES_ACTIVE')?.value;
  return found === undefined ? null : some(split(found));
}

function split(text: string): string[] {
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

/** The texts of a property that is a list or has commas. */
function textsOf(
  properties: ReadonlyMap<string, Property>,
  name: string,
  { variables }: ImportContext,
  faults: Fault[],
): string[] {
  const items = [...properties.values()].filter(
    (one) => one.name === name || one.name.replace(/\[\d+\]$/, '') === name,
  );
  return items.flatMap((property) => {
    const texts = isList(property.value) ? property.value : [property.value ?? ''];
    return texts.flatMap((one) => {
      const text = variables.resolve(String(one), property.place);
      if (text.ok) return split(text.value);
      faults.push(faultAt(property, text.code, text.message));
      return [];
    });
  });
}

function manyVariants(variants: readonly Variant[], profiles: readonly unknown[]): Fault {
  const files = variants.filter(({ environment }) => environment !== null);
  const names = files.map(({ configuration }) => configuration.file).join(', ');
  const file = files[1]?.configuration.file ?? '';
  const message = `${names} are for different profiles; say which are active with --environment ${profiles.join(',')} or one of them`;
  return { file, line: null, column: null, path: '', code: 'ambiguous', message };
}
