/** Durations as products with a type of their own write them: `30s`, `1h30m`, `1.5s`. */

const SHAPE = /^(?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h|d))+$/;
const PART = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g;

const NANOSECONDS: Readonly<Record<string, number>> = {
  ns: 1,
  us: 1e3,
  µs: 1e3,
  ms: 1e6,
  s: 1e9,
  m: 60e9,
  h: 3600e9,
  d: 86_400e9,
};

/** Whole nanoseconds of such a text; null when it is none. */
export function nanosecondsOf(text: string): number | null {
  if (!SHAPE.test(text)) return null;
  let total = 0;
  for (const [, figure, unit] of text.matchAll(PART)) {
    total += Math.round(Number(figure) * (NANOSECONDS[unit ?? ''] ?? NaN));
  }
  return total;
}
