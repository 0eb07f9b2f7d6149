/**
 * Products whose configuration has the settings of the pool under `pool`, by itself or once for each
 * environment: `{ "production": { …, "pool": { "max": 5 } } }`.
 */
import { entry, isMap, type Path } from '../path.ts';
import type { Configuration } from './configuration.ts';
import { environmentSection } from './environment-section.ts';
import type { Findings } from './findings.ts';
import { findingsOf } from './findings-of.ts';
import { faultAt, foundPool, showHarmless, type Dialect, type Written } from './found-pool.ts';
import type { ImportContext } from './importer.ts';
import { placeAt, writtenAt } from './written.ts';

export interface SectionedProduct {
  readonly kind: string;
  /** As messages call it. */
  readonly product: string;
  readonly dialect: () => Dialect;
  /** Whether a map is the product's configuration for one environment. */
  readonly isSection: (value: unknown) => boolean;
  /** Settings of the pool that stand beside `pool` and not in it. */
  readonly beside: readonly string[];
}

/** Whether a JSON file is that product's configuration. */
export function isSectioned(
  { isSection }: SectionedProduct,
  { syntax, documents }: Configuration,
): boolean {
  const value = documents[0]?.value;
  return syntax === 'json' && (isSection(value) || environmentsIn(value, isSection).length > 0);
}

export function readSectioned(
  product: SectionedProduct,
  configuration: Configuration,
  context: ImportContext,
): Findings {
  const names = environmentsIn(configuration.documents[0]?.value, product.isSection);
  const section = names.length === 0 ? null : environmentSection(configuration, names, context);
  if (section?.ok === false) return findingsOf(product.kind, [], { faults: section.faults });
  const path = section === null ? [] : [section.name];
  const { written, faults } = settingsIn(product, configuration, path);
  const where = { name: null, place: placeAt(configuration, path), variables: context.variables };
  const reading = foundPool(product.dialect(), written, where);
  return findingsOf(product.kind, [reading], { faults, notices: section?.notices ?? [] });
}

function environmentsIn(value: unknown, isSection: SectionedProduct['isSection']): string[] {
  if (!isMap(value) || isSection(value)) return [];
  return Object.keys(value).filter((key) => isSection(entry(value, key)));
}

/** What stands in a section and in its pool, and what stands in the wrong one of the two. */
function settingsIn(product: SectionedProduct, configuration: Configuration, path: Path) {
  const all = writtenAt(configuration, path);
  const above = all.filter(({ name }) => name !== 'pool');
  const pool = all.find(({ name }) => name === 'pool');
  const below = writtenAt(configuration, [...path, 'pool']);
  const isAbove = ({ name }: Written): boolean => product.beside.includes(name);
  const isBelow = (one: Written): boolean =>
    !isAbove(one) && product.dialect().profile.settings.some(({ name }) => name === one.name);
  const faults = [
    ...above
      .filter(isBelow)
      .map((one) => faultAt(one, 'misplaced', noEffect(product, `as pool.${one.name}`))),
    ...below
      .filter(isAbove)
      .map((one) => faultAt(one, 'misplaced', noEffect(product, 'beside pool, not in it'))),
  ];
  if (pool !== undefined && pool.value !== null && !isMap(pool.value)) {
    const message = `${showHarmless(pool.value)} stands where a map is needed, such as { "max": 10 }`;
    faults.push(faultAt(pool, 'wrong-type', message));
  }
  const written = [
    ...above.filter((one) => !isBelow(one)),
    ...below.filter((one) => !isAbove(one)).map(inPool),
  ];
  return { written, faults };
}

function noEffect({ product }: SectionedProduct, where: string): string {
  return `has no effect here; ${product} reads it ${where}`;
}

/** Profiles know such settings by their place, too: `pool.max`. */
function inPool(written: Written): Written {
  return { ...written, name: `pool.${written.name}` };
}
