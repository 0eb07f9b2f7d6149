/** Faults of a pooler in front of the database, and of what it made visible in the pools before it. */

import type { PlantedFault } from './planted-fault.ts';

const POOLER = 'src/model/pooler/pooler.ts';
const BY_HAND = 'test/model/pooler/pooler.test.ts';

export const poolerFaults: readonly PlantedFault[] = [
  {
    name: 'pooler: a client keeps its server connection between transactions',
    file: POOLER,
    from: "if (this.settings.pool.policy.stickiness === 'session') this.database.addHeld(-1);",
    to: 'if (client.number >= 0) this.database.addHeld(-1);',
    caughtBy: {
      file: BY_HAND,
      title: 'gives it back when its transaction ends, work in the service included',
    },
  },
  {
    name: 'pooler: statement mode is transaction mode',
    file: POOLER,
    from: "if (stickiness === 'statement' && client?.has === 'server')",
    to: "if (stickiness === 'session' && client?.has === 'wait')",
    caughtBy: { file: BY_HAND, title: 'in statement mode gives it back after each query' },
  },
  {
    name: 'pooler: sleeping clients slow queries down',
    file: POOLER,
    from: "if (this.settings.pool.policy.stickiness === 'session') this.database.addHeld(-1);\n    else this.giveBack(client);",
    to: "if (this.settings.pool.policy.stickiness !== 'session') this.giveBack(client);",
    caughtBy: { file: BY_HAND, title: 'counts as contention only what a request uses' },
  },
  {
    name: 'pooler: who has waited too long keeps its connection',
    file: 'src/model/service/pooler-way.ts',
    from: "if (reason === CONNECTION_LOST || timeoutEffect === 'closes-client') pool.spoil(slot);",
    to: "if (reason === CONNECTION_LOST && timeoutEffect === 'closes-client') pool.spoil(slot);",
    caughtBy: {
      file: BY_HAND,
      title: 'loses its connection after query_wait_timeout, so that its pool opens another',
    },
  },
  {
    name: 'pooler: it admits one client too many',
    file: POOLER,
    from: 'const admission = { maxConnections: clientLimit,',
    to: 'const admission = { maxConnections: clientLimit + 1,',
    caughtBy: { file: BY_HAND, title: 'is not let in beyond max_client_conn' },
  },
  {
    name: 'supply: openings that were ordered before max shrank begin beyond it',
    file: 'src/model/pool/general/supply.ts',
    from: 'if (this.isNeeded && this.open < this.most)',
    to: 'if (this.isNeeded)',
    caughtBy: {
      file: 'test/model/pool/general/supply.test.ts',
      title: 'begins none beyond a max that has become less since they were ordered',
    },
  },
  {
    name: 'supply: refusals that take no time multiply',
    file: 'src/model/pool/general/supply.ts',
    from: "if (at === this.looksAt && this.policy.growth === 'fill-deficit') return;",
    to: "if (at < this.looksAt && this.policy.growth === 'fill-deficit') return;",
    caughtBy: {
      file: 'test/model/pool/general/supply.test.ts',
      title: 'tries as many as wait, once a millisecond, when refusals take no time',
    },
  },
  {
    name: 'steps: one turned away in the middle leaves its place to nobody',
    file: 'src/model/service/pool-way.ts',
    from: 'if (this.isUnderWay(slot)) {',
    to: 'if (this.isUnderWay(slot) && this.heldBy(slot) > 0) {',
    caughtBy: {
      file: 'test/model/flow/steps.test.ts',
      title: 'let the next in when they are turned away in the middle',
    },
  },
  {
    name: 'steps: work in the service is lost without its connection',
    file: 'src/model/service/early-exit.ts',
    from: 'table.noteHold(slot);',
    to: '',
    caughtBy: {
      file: 'test/model/flow/steps.test.ts',
      title: 'are lost with their instance while they work in the service with a connection',
    },
  },
];
