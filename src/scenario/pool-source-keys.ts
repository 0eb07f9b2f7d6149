/**
 * Keys of a pool that say where its settings are: `pool: { from: ./application.yml }`. They are written out
 * before anything else is looked at; where they are still there, nothing reads a file.
 */
interface SourceKey {
  readonly key: string;
  readonly description: string;
}

export const POOL_SOURCE_KEYS: readonly SourceKey[] = [
  {
    key: 'from',
    description:
      'A configuration file that sets up the pool, beside the scenario; what stands beside it here counts more',
  },
  {
    key: 'environment',
    description: 'Which section or profile of that file holds: production',
  },
  { key: 'envFile', description: 'An environment file: what placeholders in that file stand for' },
];

/** What to say where no file is read: in the middle of a run, or in a pool that has none. */
export const NOT_FROM_HERE: Readonly<Record<string, string>> = {
  from: 'a file is read for a pool as the run begins; write the settings themselves here',
  environment: 'stands beside from, which names the file',
  envFile: 'stands beside from, which names the file',
};
