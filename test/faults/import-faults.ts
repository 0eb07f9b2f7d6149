/** Faults of reading configuration files: units, precedence, secrets. */

import type { PlantedFault } from './planted-fault.ts';

const tests = 'test/scenario/import';

export const importFaults: readonly PlantedFault[] = [
  {
    name: 'import: text with a unit is taken where the product reads a bare number',
    file: 'src/scenario/import/found-pool.ts',
    from: "typeof plain === 'string' && isUnitless(setting, plain)",
    to: "typeof plain === 'boolean' && isUnitless(setting, plain)",
    caughtBy: {
      file: `${tests}/hikari-properties.test.ts`,
      title: 'refuses wrong units, names as Spring spells them, and unknown ones, all at once',
    },
  },
  {
    name: 'import: seconds in the name of a variable are read as milliseconds',
    file: 'src/scenario/import/environment-file/pool-variables.ts',
    from: '[/_(?:S|SECS?|SECONDS)$/, SECOND]',
    to: '[/_(?:S|SECS?|SECONDS)$/, MILLISECOND]',
    caughtBy: {
      file: `${tests}/environment-file.test.ts`,
      title: 'set up the pool of node-postgres, in the units that their names say',
    },
  },
  {
    name: 'import: an environment file wins over what is given',
    file: 'src/scenario/import/variables.ts',
    from: 'nested = false } of this.layers) {',
    to: 'nested = false } of [...this.layers].reverse()) {',
    caughtBy: {
      file: `${tests}/environment-file.test.ts`,
      title: 'fills in their placeholders, after what is given, and what it filled in is recorded',
    },
  },
  {
    name: 'import: a word from the variable of a password is quoted',
    file: 'src/scenario/import/found-pool.ts',
    from: 'return isHarmless(value) && !isOfSecret ?',
    to: 'return isHarmless(value) || isOfSecret ?',
    caughtBy: { file: `${tests}/secrets.test.ts`, title: 'is refused without its value: %s' },
  },
  {
    name: 'import: numbers with underscores end at the first',
    file: 'src/scenario/yaml/yaml-source.ts',
    from: "Number(text.replaceAll('_', ''))",
    to: 'Number.parseInt(text, 10)',
    caughtBy: {
      file: `${tests}/spring-boot.test.ts`,
      title: 'takes numbers with underscores as YAML 1.1 has them, and not as text',
    },
  },
  {
    name: 'import: variables that another file uses set up a second pool',
    file: 'src/scenario/import/environment-file/pools-in-variables.ts',
    from: 'filter(({ name }) => !used.has(name))',
    to: "filter(({ name }) => name !== '')",
    caughtBy: {
      file: `${tests}/pools-in-variables.test.ts`,
      title: 'sets up no second pool: %s',
    },
  },
  {
    name: 'import: the environment of a Deployment sets up a pool beside that of a file',
    file: 'src/scenario/import/environment-file/pools-in-variables.ts',
    from: 'if (!context.hasPool) {',
    to: 'if (found.length > 0) {',
    caughtBy: {
      file: `${tests}/pools-in-variables.test.ts`,
      title:
        'leaves the pool to the file that has one, and says which of its variables that one misses',
    },
  },
  {
    name: 'import: processes of a pod share one pool',
    file: 'src/scenario/import/facts-of.ts',
    from: 'value: pods * processes.value',
    to: 'value: pods',
    caughtBy: {
      file: `${tests}/pools-in-variables.test.ts`,
      title: 'multiplies its pods, as each process has a pool of its own',
    },
  },
  {
    name: 'import: application.yml wins over the file for a profile',
    file: 'src/scenario/import/spring/application.ts',
    from: 'environment === null ? -1 : active',
    to: 'environment === null ? active.length : active',
    caughtBy: {
      file: `${tests}/spring-profiles.test.ts`,
      title: 'of an active profile win over all of application.yml, whatever their order',
    },
  },
  {
    name: 'import: what a map of YAML takes over wins over its own keys',
    file: 'src/scenario/import/merged-at.ts',
    from: "if (one.name === '<<' || found.has(one.name)) continue;",
    to: "if (one.name === '<<') continue;",
    caughtBy: {
      file: `${tests}/rails.test.ts`,
      title: 'has its own keys before those that it takes over, and the first of these',
    },
  },
  {
    name: 'import: [pgbouncer] wins over the line of a database',
    file: 'src/scenario/import/pgbouncer/pgbouncer-ini.ts',
    from: 'return [...kept, ...own.settings];',
    to: 'return shared.settings.length < kept.length ? kept : [...shared.settings];',
    caughtBy: {
      file: `${tests}/pgbouncer.test.ts`,
      title: 'sets up a pool for each database, whose own settings go first',
    },
  },
  {
    name: 'import: pods below the floor of the autoscaler are believed',
    file: 'src/scenario/import/whole-fleet.ts',
    from: 'replicas.value < minReplicas.value',
    to: 'replicas.value > minReplicas.value',
    caughtBy: { file: `${tests}/whole-fleet.test.ts`, title: 'are %s' },
  },
];
