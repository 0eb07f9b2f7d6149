/** Variables that are connection strings of .NET where there is no `appsettings.json`: ConnectionStrings__Shop. */
import type { Findings } from '../findings.ts';
import type { Written } from '../found-pool.ts';
import type { ImportContext } from '../importer.ts';
import { CONNECTION_VARIABLE, readSettings } from './appsettings.ts';

/** The pools of an application about which nothing else is known. */
export function connectionVariables(
  variables: readonly Written[],
  context: ImportContext,
): Partial<Findings> {
  const isConnection = ({ name }: Written): boolean => CONNECTION_VARIABLE.test(name);
  return variables.some(isConnection) ? readSettings([], context) : {};
}
