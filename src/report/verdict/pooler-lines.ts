/** What a verdict says of a pooler in front of the database. */
import type { RunResult } from '../../experiment/result.ts';
import { count, counted, milliseconds, roughPercent } from '../words.ts';
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
  const { product, mode, max, clients, p99WaitMs, mostWaiting, timeouts } = evidence;
  const size = settings.max ?? 'size';
  const servers = max === null ? 'server connections' : counted(max, 'server connection');
  const use = result.pooler?.pool.utilisation ?? null;
  const busy = use === null ? '' : `, ${roughPercent(use)} in use`;
  const asks = clients === null ? '' : ` for ${counted(clients, 'client')}`;
  const waits = p99WaitMs === null ? '' : `; 1 in 100 waits longer than ${milliseconds(p99WaitMs)}`;
  const cpu = clearedCpu(result);
  const nor = cpu === null ? '' : `; it was not ${cpu}`;
  const closed = `It closed ${counted(timeouts, 'client connection')} that had waited too long`;
  const waiting = `At most ${count(Math.round(mostWaiting))} clients waited at once`;
  return {
    cause: [
      `${product} is the bottleneck: ${servers}${asks}${busy}${waits}.`,
      `${product} is the bottleneck: ${servers}${asks}${busy}.`,
      `${product} is the bottleneck: ${servers}${asks}.`,
    ],
    proof: [timeouts > 0 ? `${closed}${nor}.` : `${waiting}${nor}.`],
    whatToDo:
      mode === 'session'
        ? [
            `Do: ${settings.mode ?? 'the mode'}: transaction; in session mode idle clients keep theirs.`,
            'Do: transaction mode; in session mode idle clients keep theirs.',
          ]
        : [
            `Do: a larger ${size}, or less work a transaction, if the database has room.`,
            `Do: a larger ${size}, or less work a transaction.`,
          ],
    whatNot: [
      `Don't: larger pools in the services; their requests would wait at ${product}.`,
      "Don't: larger pools in the services; their requests would wait there.",
    ],
  };
}

/** Its product. */
export function poolerName({ pooler }: RunResult): string {
  return pooler?.product.product ?? 'The pooler';
}
