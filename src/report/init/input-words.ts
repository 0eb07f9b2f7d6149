/** What stands at a path of a scenario, in the words of who is to measure it. */

const WORDS: readonly (readonly [path: RegExp, words: string])[] = [
  [/^traffic\.base$/, 'requests per second on an ordinary day'],
  [/^traffic\.surges.*\.rise$/, 'how long the highest surge takes to rise'],
  [/^traffic\.surges.*\.decay/, 'how long the highest surge takes to be over'],
  [/^traffic\.client\.timeout$/, 'how long callers wait before they give up'],
  [/^requests\.hold\.mean$/, 'how long a connection is out, the mean'],
  [/^requests\.hold\.measuredAt$/, 'the requests per second at which that was measured'],
  [/^requests\.hold\.cpu$/, 'the share of a query that is work of the processors'],
  [/^service\.instances$/, 'how many pods run'],
  [/^service\.pool/, 'how many connections the pool of a pod has'],
  [/^database\.cores$/, 'how many processors the database has'],
  [/^database\.contention/, 'by how much queries slow each other down'],
  [/^database\.roundTrip$/, 'how long a round trip to the database takes'],
  [/^database\.maxConnections$/, 'how many connections the database admits'],
  [/^database\.connect\.latency/, 'how long it takes to open a connection'],
];

/** The path itself where nobody has found words. */
export function inputWords(path: string): string {
  return WORDS.find(([pattern]) => pattern.test(path))?.[1] ?? path;
}
