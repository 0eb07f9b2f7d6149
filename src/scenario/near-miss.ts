/** What a mistyped word was probably meant to be. */

/**
 * The candidate nearest to `word` by edits (insert, delete, replace, swap two neighbours; case is free),
 * if it is near enough to be a slip: one edit, or a third of the word. The first of equals.
 */
export function nearMiss(word: string, candidates: readonly string[]): string | undefined {
  if (word.length > 100) return undefined;
  let best: string | undefined;
  let bestDistance = Math.max(1, Math.floor(word.length / 3)) + 1;
  for (const candidate of candidates) {
    const distance = editDistance(word.toLowerCase(), candidate.toLowerCase());
    if (distance < bestDistance && distance < candidate.length) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** `; did you mean max?`, or nothing. */
export function didYouMean(word: string, candidates: readonly string[]): string {
  const candidate = nearMiss(word, candidates);
  return candidate === undefined ? '' : `; did you mean ${candidate}?`;
}

/** Optimal string alignment distance (Damerau–Levenshtein without repeated edits). O(|a|·|b|). */
function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      let distance = Math.min(replaced, at(last, j) + 1, at(row, j - 1) + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        distance = Math.min(distance, at(beforeLast, j - 2) + 1);
      }
      row.push(distance);
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

function at(row: readonly number[], i: number): number {
  return row[i] ?? Infinity;
}
