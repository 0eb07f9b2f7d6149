/** A pooler in front of the database: whom it admits, and what it asks of the database itself. */
import { demand, freeConnections, freeWords, mostOf, rollingPods } from '../connections.ts';
import type { ReviewFacts, ReviewPool, ReviewService } from '../facts.ts';
import {
  FINE,
  found,
  lacking,
  together,
  type Finding,
  type Judgement,
  type Rule,
} from '../finding.ts';
import { counted, placeOfSetting, placeOfSize, sizeName } from '../pool-words.ts';

export const poolerServers: Rule = {
  name: 'pooler-servers',
  asks: "whether the pooler's connections fit the database",
  judge: (facts) => {
    const [pooler] = facts.poolers;
    if (pooler === undefined) return FINE;
    const free = freeConnections(facts);
    if (free === undefined) return lacking('--db-max');
    const sizes = facts.poolers.map(mostOf);
    const needed = sizes.reduce((a, b) => a + b, 0);
    if (needed <= free) return FINE;
    if (needed === Infinity) return found(unlimited(pooler));
    const sum = sizes.length === 1 ? '' : `${sizes.join(' + ')} = `;
    const count = facts.poolers.length;
    return found({
      weight: 'breaks',
      place: placeOfSize(pooler),
      says: `${pooler.profile.product} opens up to ${sum}${counted(needed, 'connection')}${count === 1 ? '' : ` for ${count} databases`}, for each user that connects, and ${freeWords(facts)}.`,
      mend: `${sizeName(pooler.profile)} ${Math.floor(free / count)} at most, its reserve included, or max_connections ${needed - free + (facts.maxConnections?.value ?? 0)}.`,
      figures: { needed, free, pools: count },
    });
  },
};

function unlimited(pooler: ReviewPool): Finding {
  return {
    weight: 'hurts',
    place: placeOfSize(pooler),
    says: `${pooler.profile.product} sets no limit to its connections here: it opens them until the database refuses.`,
    mend: `Set ${sizeName(pooler.profile)}, to what the database can spare.`,
    figures: {},
  };
}

/** What clients may add up to, in the order in which it is said. */
const STATES: readonly {
  readonly says: string;
  readonly copies: (service: ReviewService) => number | undefined;
}[] = [
  { says: 'on an ordinary day', copies: ({ replicas }) => replicas?.value },
  {
    says: 'while a deployment rolls',
    copies: (service) => service.replicas && rollingPods(service, service.replicas.value),
  },
  {
    says: "at the autoscaler's ceiling",
    copies: ({ ceiling, replicas }) => (ceiling ?? replicas)?.value,
  },
];

export const poolerClients: Rule = {
  name: 'pooler-clients',
  asks: "whether the pooler admits the services' pools",
  judge: (facts) =>
    together(
      facts.poolers.slice(0, 1).map((pooler) => {
        const clients = clientLimit(pooler);
        if (clients === Infinity || !hasPools(facts)) return FINE;
        const states = STATES.map(({ says, copies }) => ({ says, needed: demand(facts, copies) }));
        if (states.some(({ needed }) => needed === null)) return lacking('--replicas');
        const over = states.find(({ needed }) => (needed ?? 0) > clients);
        if (over === undefined) return FINE;
        const needed = over.needed ?? 0;
        const most = states.reduce((a, b) => ((b.needed ?? 0) > (a.needed ?? 0) ? b : a), over);
        const name = pooler.profile.asPooler?.clients ?? 'its limit of clients';
        return found({
          weight: 'breaks',
          place: placeOfSetting(pooler, name),
          says: `The services' pools can have ${needed === Infinity ? 'any number of' : needed} connections to ${pooler.profile.product} ${over.says}, and it admits ${clients} (${name}): it refuses the rest at once.`,
          mend: `${name} ${clientsWords(over, most)}, or smaller pools in the services.`,
          figures: { clients, ...(needed === Infinity ? {} : { needed }) },
        });
      }),
    ),
};

export const poolerSessions: Rule = {
  name: 'pooler-sessions',
  asks: 'whether the pooler shares its connections',
  judge: (facts) => {
    const [pooler] = facts.poolers;
    if (pooler?.settings.policy.stickiness !== 'session' || !hasPools(facts)) return FINE;
    const needed = demand(facts, ({ replicas }) => replicas?.value);
    if (needed === null) return lacking('--replicas');
    return judgeSessions(facts, pooler, needed);
  },
};

function judgeSessions(facts: ReviewFacts, pooler: ReviewPool, needed: number): Judgement {
  const servers = facts.poolers.reduce((sum, one) => sum + mostOf(one), 0);
  if (needed <= servers) return FINE;
  const mode = pooler.profile.asPooler?.mode ?? 'the mode';
  return found({
    weight: 'breaks',
    place: placeOfSetting(pooler, mode),
    says: `In session mode each connection of the services' pools keeps one of ${pooler.profile.product}'s for itself, idle or not: ${needed === Infinity ? 'any number' : needed} can be opened, and ${servers} are served; the others wait until one closes.`,
    mend: `${mode} transaction, if nothing needs a session; else no more than ${servers} connections in all pools.`,
    figures: { servers, ...(needed === Infinity ? {} : { needed }) },
  });
}

/** What would be enough, in the state that needs most. */
function clientsWords(over: State, most: State): string {
  const { needed, says } = most;
  if (needed === null || needed === Infinity) return 'above what the pools can open';
  const when = most === over ? '' : `, as many as can be ${says}`;
  return `${needed} at least${when}`;
}

interface State {
  readonly says: string;
  readonly needed: number | null;
}

/** Clients with a connection to the pooler, those that wait included; Infinity: any number. */
function clientLimit({ settings }: ReviewPool): number {
  return settings.policy.pendingLimit === 'everybody' ? settings.maxPending : Infinity;
}

function hasPools({ services }: ReviewFacts): boolean {
  return services.some(({ pools }) => pools.length > 0);
}
