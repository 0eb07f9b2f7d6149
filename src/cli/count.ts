// A whole number on the command line.

/** The number; a line among the faults when it is none, or not from `least` (1) to `most`. */
export function checkCount(
  name: string,
  text: string | undefined,
  most: number,
  faults: string[],
  least = 1,
): number | undefined {
  if (text === undefined) return undefined;
  const count = Number(text);
  if (/^\d+$/.test(text) && count >= least && count <= most) return count;
  const range = `from ${least.toLocaleString('en')} to ${most.toLocaleString('en')}`;
  faults.push(`${name} ${text}: must be a whole number ${range}`);
  return undefined;
}
