/** What may not stand in a file for HikariCP although the profile knows it: system properties of Java. */
import type { Fault } from '../../fault.ts';
import { faultAt, relaxed, type Written } from '../found-pool.ts';
import { profileOf } from '../written.ts';

const PREFIX = 'com.zaxxer.hikari.';

/** Those that HikariCP takes from a file, and a fault for each of the others. */
export function hikariWritten(written: readonly Written[]): {
  readonly written: readonly Written[];
  readonly faults: readonly Fault[];
} {
  const faults = written.flatMap((one) => {
    const property = systemProperty(one.name);
    if (property === undefined) return [];
    const message = `is a system property of Java and has no effect here; give it to java as -D${property}=…`;
    return [faultAt(one, 'unknown-key', message)];
  });
  return { written: written.filter(({ name }) => systemProperty(name) === undefined), faults };
}

function systemProperty(name: string): string | undefined {
  const all = profileOf('hikaricp').settings.map((setting) => setting.name);
  const own = all.filter((one) => one.startsWith(PREFIX));
  return own.find((one) =>
    [one, one.slice(PREFIX.length)].some((spelling) => relaxed(spelling) === relaxed(name)),
  );
}
