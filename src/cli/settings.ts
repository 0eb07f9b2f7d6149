// Texts of the command line that more than one command reads.

/** `service.pool.max=20`: what stands left and right of the first `=`. */
export interface Setting {
  readonly path: string;
  readonly text: string;
}

/** What `--set` was given; a line among the faults when it is no setting. */
export function checkSetting(text: string, faults: string[]): Setting[] {
  const at = text.indexOf('=');
  if (at > 0) return [{ path: text.slice(0, at).trim(), text: text.slice(at + 1).trim() }];
  faults.push(`--set ${text}: write path=value, for example --set service.pool.max=20`);
  return [];
}

/** A text that may be left out, but not be empty. */
export function notEmpty(
  name: string,
  text: string | undefined,
  faults: string[],
): string | undefined {
  if (text === '') faults.push(`${name}: is empty`);
  return text;
}

/** Of an option that may be given several times. */
export function collect(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}
