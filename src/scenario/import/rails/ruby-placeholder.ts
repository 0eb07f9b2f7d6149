/** What people write in Ruby for the number of a setting → a placeholder such as `${RAILS_MAX_THREADS:-5}`. */

/**
 * `ENV.fetch("X") { 5 }`, `ENV.fetch("X", 5)`, `ENV["X"] || 5` with conversions around them, one inside
 * another, or a number; null for anything else, which only Ruby can work out.
 */
export function rubyPlaceholder(ruby: string): string | null {
  const plain = unwrapped(ruby);
  const literal = /^(?:-?\d[\d_]*(?:\.\d+)?|(['"])[^'"{}$]*\1)$/.exec(plain);
  if (literal !== null) return plain.replace(/^['"]|['"]$/g, '').replace(/(?<=\d)_(?=\d)/g, '');
  for (const form of FORMS) {
    const { name, fallback } = form.exec(plain)?.groups ?? {};
    if (name === undefined) continue;
    if (fallback === undefined || fallback.trim() === 'nil') return `\${${name}}`;
    const inner = rubyPlaceholder(fallback);
    if (inner !== null) return `\${${name}:-${inner}}`;
  }
  return null;
}

const QUOTED_NAME = String.raw`(?<quote>['"])(?<name>\w+)\k<quote>`;
const FORMS = [
  String.raw`^ENV\.fetch\(\s*${QUOTED_NAME}\s*\)(?:\s*(?:\{(?<fallback>[\s\S]+)\}))?$`,
  String.raw`^ENV\.fetch\(\s*${QUOTED_NAME}\s*,(?<fallback>[\s\S]+)\)$`,
  String.raw`^ENV\[\s*${QUOTED_NAME}\s*\](?:\.presence)?(?:\s*(?:\|\||or)(?<fallback>[\s\S]+))?$`,
].map((form) => new RegExp(form));

/** Without brackets around everything, and without what makes a number of it. */
function unwrapped(ruby: string): string {
  let text = ruby.trim();
  for (;;) {
    const before = text;
    text = text.replace(/&?\.to_(?:i|f|s)(?:\(\s*\))?$/, '').trim();
    const inside = /^(?:Integer|Float)?\(([\s\S]*)\)$/.exec(text)?.[1];
    if (inside !== undefined && isBalanced(inside)) text = inside.trim();
    if (text === before) return text;
  }
}

function isBalanced(text: string): boolean {
  let open = 0;
  for (const character of text) {
    if (character === '(') open++;
    if (character === ')' && --open < 0) return false;
  }
  return open === 0;
}
