/** The causes of an overload as a report calls them. */
import type { Cause } from '../../experiment/diagnose/hypotheses.ts';

interface CauseWords {
  /** `the pool` */
  readonly name: string;
  /** `pool too small`, in tables. */
  readonly label: string;
  /** What to look at when it is this. */
  readonly lookAt: string;
}

export const causeWords: Readonly<Record<Cause, CauseWords>> = {
  pool: {
    name: 'the pool',
    label: 'pool too small',
    lookAt: 'what sets how long a connection is out (queries, round trips), then its size',
  },
  'slow-plan': {
    name: 'a slow plan',
    label: 'slow plan',
    lookAt: 'pg_stat_statements: which query takes longer than it did, and its plan',
  },
  'database-cpu': {
    name: "the database's CPU",
    label: 'database CPU',
    lookAt: 'pg_stat_statements: which queries take the CPU; a larger pool makes it worse',
  },
  network: {
    name: 'the network',
    label: 'network',
    lookAt: 'the way to the database, and how many round trips a request makes',
  },
  balancer: {
    name: 'the balancer',
    label: 'balancer',
    lookAt: 'why one instance gets more: the policy, sticky sessions, instances left out',
  },
  deployment: {
    name: 'the deployment',
    label: 'deployment',
    lookAt: 'what it changed in queries and transactions; roll it back to see',
  },
  opening: {
    name: 'opening connections',
    label: 'opening',
    lookAt: 'lifetimes, idle timeouts and evictions: why connections are opened at all',
  },
  slots: {
    name: 'max_connections',
    label: 'max_connections',
    lookAt: 'who holds them (pg_stat_activity by application_name), and FATAL 53300 in logs',
  },
  concurrency: {
    name: "the service's own threads",
    label: 'own threads',
    lookAt: 'what threads do while no connection is out: a thread dump, calls to others',
  },
  leak: {
    name: 'a leak',
    label: 'leak',
    lookAt: "pg_stat_activity: state 'idle in transaction', and where it was last used",
  },
};
