/** The fleet against what the database admits, and rules of thumb beside the answer. */
import type { RuleOfThumb } from '../../experiment/size/rules-of-thumb.ts';
import { wrap } from '../text.ts';
import { amount, count, milliseconds } from '../words.ts';
import type { SizeText } from './size-report.ts';

export function fleetLines({ size, scenario, style }: SizeText): string[] {
  if (size.recommended === null) return [];
  const { connections, withRollout, admitted, others, fits, behindPooler, most } =
    size.recommended.fleet;
  const own = `${count(connections)}, and ${count(withRollout)} with one instance more while a deployment rolls`;
  const beside =
    others === 0
      ? ''
      : ` (beside ${others === null ? 'no limit' : count(others)} of other services)`;
  const { database } = scenario.system;
  const who = behindPooler ? 'the pooler (which is kept as it is)' : 'the database';
  const less = behindPooler
    ? ''
    : ` (max_connections ${count(database.maxConnections)} less ${count(database.reservedConnections)} reserved` +
      `${database.otherConnections > 0 ? ` and ${count(database.otherConnections)} of others` : ''})`;
  const limit =
    admitted === null
      ? `${who} admits any number`
      : `${who} admits ${count(admitted)}${less}: ${fits ? 'it fits' : `too many; at most ${count(most ?? 0)} an instance fit`}`;
  return [style.bold('Connections of the fleet'), ...wrap(`${own}${beside}; ${limit}.`)];
}

export function ruleLines({ size, style }: SizeText): string[] {
  const { rules, recommended } = size;
  if (recommended === null || rules.length === 0) return [];
  const own = recommended.fleet.connections + (recommended.fleet.others ?? 0);
  const lines = rules.map((rule) =>
    rule.name === 'cores-and-spindles'
      ? coresLine(rule, own)
      : squareRootLine(rule, recommended.size),
  );
  return [style.bold('Rules of thumb'), ...lines.flatMap((line) => wrap(line, 80, '  '))];
}

function coresLine({ connections }: RuleOfThumb, own: number): string {
  const compared = `2 x cores + spindles: ${count(connections)} for the database, not ${count(own)}`;
  if (own > connections)
    return `${compared}: it counts queries at work, and connections are also out while they wait for the network, are opened, or slow each other down.`;
  return `${compared}: that is what the database can use, and this traffic does not need so much.`;
}

function squareRootLine(
  { connections, load = 0, beta = 0, holdMs = 0 }: RuleOfThumb,
  own: number,
): string {
  const rule = `Square root: R + ${beta.toFixed(1)} x √R = ${count(connections)} each, with R = ${amount(load)} in use on average (${milliseconds(holdMs)} a request)`;
  if (Math.abs(connections - own) <= Math.max(1, own * 0.05)) return `${rule}: about the same.`;
  if (connections < own)
    return `${rule}, not ${count(own)}: traffic and holds scatter more than it takes them to, or the objectives ask for more.`;
  return `${rule}, not ${count(own)}: the objectives let more requests wait than it does.`;
}
