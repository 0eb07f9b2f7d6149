// What files say of the copies of a service, in a line each.
import type { Findings, Found } from '../../../src/scenario/import/findings.ts';
import { importFaults } from './importing.ts';

/** The faults of one file as people see them, without its name. */
export function faultsIn(file: string, text: string, variables = {}): string[] {
  return importFaults(file, text, { variables }).map((fault) => fault.replace(`${file}:`, ''));
}

/** The fleet as `{ replicas: '8 replicas :6' }`: value, last part of the key, line; or `default`. */
export function fleetWords({ fleet }: Findings): Record<string, string> {
  const all = Object.entries(fleet) as [string, Found<unknown>][];
  return Object.fromEntries(
    all.map(([name, { value, key, place, isDefault }]) => {
      const path = /\w+$/.exec(key)?.[0] ?? key;
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return [name, `${text} ${isDefault ? 'default' : `${path} :${place.line}`}`];
    }),
  );
}
