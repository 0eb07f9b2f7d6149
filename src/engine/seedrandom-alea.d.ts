/** seedrandom ships no types for this part. */
declare module 'seedrandom/lib/alea.js' {
  function alea(seed: string): () => number;
  export = alea;
}
