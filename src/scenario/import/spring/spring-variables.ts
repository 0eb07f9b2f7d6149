/** Variables that set Spring's properties where there is no `application.yml`: SPRING_DATASOURCE_HIKARI_… */
import type { Findings } from '../findings.ts';
import type { Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { readApplication } from './spring-boot.ts';

/** The pool of a Spring application about which nothing else is known. */
export function springVariables(
  variables: readonly Written[],
  context: ImportContext,
): Partial<Findings> {
  const isSprings = ({ name }: Written): boolean => /^SPRING_(?:DATASOURCE|R2DBC)_/i.test(name);
  return variables.some(isSprings) ? readApplication([], context) : {};
}
