/** A name that is one file on every system, whatever a scenario calls itself. */
export function fileStem(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^\.+/, '') || 'scenario';
}
