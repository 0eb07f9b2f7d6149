/** Faults of the closed forms that runs are compared with. */

import type { PlantedFault } from './planted-fault.ts';

export const theoryFaults: readonly PlantedFault[] = [
  {
    name: 'Erlang C: it follows from the B of one server less',
    file: 'src/theory/erlang-c.ts',
    from: 'const blocking = erlangB({ load, servers });',
    to: 'const blocking = erlangB({ load, servers: servers - 1 });',
    caughtBy: {
      file: 'test/theory/erlang-c.test.ts',
      title: 'agrees with the oracle: %s',
    },
  },
  {
    name: 'fluid: the wait T is reached after √(TC/a)',
    file: 'src/theory/fluid-surge.ts',
    from: 'speed * speed + 2 * growth * way',
    to: 'speed * speed + 4 * growth * way',
    caughtBy: {
      file: 'test/theory/fluid-surge.test.ts',
      title: 'reaches the wait T after √(2TC/a) when the excess grows by a',
    },
  },
];
