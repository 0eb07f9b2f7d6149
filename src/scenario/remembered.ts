/**
 * Remembers what a pure function makes of an object and a word, as long as the object lives. A file is
 * looked into once, however often the settings that name it are checked; and all of them share one array.
 */
export function remembered<K extends object, V>(
  make: (object: K, word: string) => V,
): (object: K, word: string) => V {
  const results = new WeakMap<K, Map<string, V>>();
  return (object, word) => {
    const known = results.get(object) ?? new Map<string, V>();
    results.set(object, known);
    const result = known.has(word) ? (known.get(word) as V) : make(object, word);
    known.set(word, result);
    return result;
  };
}
