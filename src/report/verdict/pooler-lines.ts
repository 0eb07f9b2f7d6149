/** What a verdict says of a pooler in front of the database. */
import type { RunResult } from '../../experiment/result.ts';
import { count, counted, milliseconds } from '../words.ts';
import { clearedCpu } from './innocence-line.ts';
import type { MechanismLines, Of } from './mechanism-lines.ts';

/** It admits fewer clients than the pools of the services may have connections. */
export function clientsRefusedLines(
  { evidence, settings }: Of<'clients-refused'>,
  result: RunResult,
): MechanismLines {
  const { instances, max, wanted, admitted, refused } = evidence;
  const product = poolerName(result);
  const out = `${product} is out of client connections`;
  const pools = max === null ? 'the pools' : `${counted(instances, 'pool')} of ${count(max)}`;
  const all = wanted === null ? 'any number' : count(wanted);
  const limit = settings.clients ?? 'a limit of clients';
  const cpu = clearedCpu(result);
  const tried = `It refused ${counted(refused, 'connection')}`;
  return {
    cause: [
      `${out}: ${pools} may open ${all}, it admits ${count(admitted)}.`,
      `${out}: pools may open ${all}, it admits ${count(admitted)}.`,
      `${out}: it admits ${count(admitted)}.`,
    ],
    proof: cpu === null ? [`${tried}.`] : [`${tried}; it was not ${cpu}.`],
    whatToDo: [
      wanted === null
        ? `Do: pools with a limit, and ${limit} above it.`
        : `Do: ${limit} of at least ${all}; a client costs ${product} little.`,
    ],
    whatNot: ["Don't: larger pools or more instances; their connections are refused."],
  };
}

/** All its server connections are taken. */
export function poolerFullLines(
  { evidence, settings }: Of<'pooler-full'>,
  result: RunResult,
): MechanismLines {
  const { product, because, timeouts, mostWaiting } = evidence;
  const cpu = clearedCpu(result);
  const nor = cpu === null ? '' : `; it was not ${cpu}`;
  const closed = `It closed ${counted(timeouts, 'client connection')} that had waited too long`;
  const waiting = `At most ${counted(mostWaiting, 'client')} waited at once`;
  const proof = timeouts > 0 ? closed : waiting;
  return {
    cause: causeOf(evidence),
    proof: [`${proof}${nor}.`, `${proof}.`],
    whatToDo: REMEDIES[because](evidence, settings),
    whatNot: [
      `Don't: larger pools in the services; their requests would wait at ${product}.`,
      "Don't: larger pools in the services; their requests would wait there.",
    ],
  };
}

type Evidence = Of<'pooler-full'>['evidence'];
type Settings = Of<'pooler-full'>['settings'];

function causeOf(evidence: Evidence): string[] {
  const { product, because, max, open, loginsFailed, admitted } = evidence;
  const is = `${product} is the bottleneck`;
  const has = `it has ${count(Math.round(open))}${max === null ? '' : ` of ${count(max)}`} connections`;
  switch (because) {
    case 'nesting':
      return [
        `${product} is deadlocked: who has its ${counted(max ?? 0, 'connection')} waits for one more.`,
        `${product} is deadlocked: who has a connection waits for one more.`,
      ];
    case 'refused':
      return [`${is}: ${has}; the database admits ${count(admitted ?? 0)}.`, `${is}: ${has}.`];
    case 'failed-logins':
      return [`${is}: ${has}; ${counted(loginsFailed, 'login')} failed.`, `${is}: ${has}.`];
    case 'one-at-a-time':
      return [`${is}: ${has}; one opens at a time.`, `${is}: ${has}.`];
    case 'sessions':
    case 'work':
      return fullCause(is, evidence);
  }
}

function fullCause(is: string, { max, clients, p99WaitMs }: Evidence): string[] {
  const asks = clients === null ? '' : ` for ${counted(clients, 'client')}`;
  const servers = max === null ? 'its server connections' : counted(max, 'server connection');
  const late = p99WaitMs === null ? '' : `; 1 in 100 waits longer than ${milliseconds(p99WaitMs)}`;
  return [`${is}: ${servers}${asks}${late}.`, `${is}: ${servers}${asks}.`];
}

const REMEDIES: Readonly<
  Record<Evidence['because'], (evidence: Evidence, settings: Settings) => string[]>
> = {
  work: (_, { max = 'size' }) => [
    `Do: a larger ${max} if the database has room, or less work a transaction.`,
    `Do: a larger ${max} if the database has room, or less work.`,
  ],
  sessions: (_, { mode = 'the mode' }) => [
    `Do: ${mode}: transaction; in session mode idle clients keep theirs.`,
    'Do: transaction mode; in session mode idle clients keep theirs.',
  ],
  nesting: (_, { max = 'size' }) => [
    `Do: one transaction at a time a request; a larger ${max} only makes it rarer.`,
    'Do: one transaction at a time for each request.',
  ],
  'one-at-a-time': ({ connectMs }, { min, max = 'size' }) => [
    min === undefined
      ? `Do: open them before traffic comes, or faster than in ${milliseconds(connectMs)} each.`
      : `Do: keep them open: ${min} as large as ${max}; each takes ${milliseconds(connectMs)}.`,
    'Do: open server connections before traffic comes, or faster.',
  ],
  refused: ({ admitted }, { max = 'size' }) => [
    `Do: more connections admitted by the database, or ${max} of at most ${count(admitted ?? 0)}.`,
    'Do: more connections admitted by the database.',
  ],
  'failed-logins': ({ retryMs }) => [
    retryMs > 0
      ? `Do: look why logins fail; after each, none is tried for ${milliseconds(retryMs)}.`
      : 'Do: look why the database refuses logins.',
  ],
};

/** Its product. */
export function poolerName({ pooler }: RunResult): string {
  return pooler?.product.product ?? 'The pooler';
}
