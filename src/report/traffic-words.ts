/** What arrives, in words: one phrase for each kind of traffic that there is. */
import type { Scenario } from '../scenario/scenario.ts';
import { formatDuration } from '../scenario/duration.ts';
import { entry } from '../scenario/path.ts';
import { lawWords } from './law-words.ts';
import { surgeWords } from './surge-words.ts';
import { amount, count, counted, percent, rate } from './words.ts';

type Service = Scenario['system']['services'][number];
type Traffic = Service['traffic'];

/**
 * `Poisson arrivals, 600 to 1,430 requests/s`, `50 users, thinking exponential, mean 7s`.
 * @param scenario that of the service, for the surges, stages or stairs that its file has
 */
export function trafficWords({ name, traffic }: Service, scenario: Scenario): string[] {
  const { bursts, users, trace } = traffic;
  return [
    ...openWords(traffic, writtenTraffic(name, scenario)),
    ...burstWords(bursts),
    ...(users === null ? [] : [`${population(users.points)}, thinking ${lawWords(users.think)}`]),
    ...(trace === null ? [] : [traceWords(trace)]),
  ];
}

/** Whether there is nothing but open Poisson arrivals with a rate, which is what one expects. */
export function isPlain({ name, traffic }: Service, scenario: Scenario): boolean {
  const { bursts, users, trace } = traffic;
  if (surgeWords(writtenTraffic(name, scenario), 0) !== null) return false;
  const isPoisson = traffic.arrivals.kind === 'poisson';
  return isPoisson && bursts.length === 0 && users === null && trace === null;
}

function writtenTraffic(service: string, { document }: Scenario): unknown {
  const own = entry(entry(document, 'services'), service);
  return entry(own ?? document, 'traffic');
}

function openWords(traffic: Traffic, written: unknown): string[] {
  const { rate: points, arrivals, bursts, users, trace } = traffic;
  const isScheduled = points.some(({ perSecond }) => perSecond > 0);
  const hasOthers = bursts.length > 0 || users !== null || trace !== null;
  if (!isScheduled && (hasOthers || arrivals.kind !== 'poisson')) return [];
  // Stages and stairs end with a jump to nothing, which is none of their levels.
  const ends = entry(written, 'stages') !== undefined || entry(written, 'stairs') !== undefined;
  const rates = (ends ? points.slice(0, -1) : points).map(({ perSecond }) => perSecond);
  const [least, most] = [Math.min(...rates), Math.max(...rates)];
  const range = least === most ? rate(most) : `${count(least)} to ${rate(most)}`;
  const surges = surgeWords(written, rates.length / 2);
  return [`${arrivalWords(arrivals)}, ${range}${surges === null ? '' : `, ${surges}`}`];
}

function arrivalWords(arrivals: Traffic['arrivals']): string {
  switch (arrivals.kind) {
    case 'poisson':
      return 'Poisson arrivals';
    case 'deterministic':
      return 'evenly spaced arrivals';
    case 'erlang':
      return `Erlang arrivals of ${counted(arrivals.stages, 'stage')}`;
    case 'batch':
      return `batches of ${batchWords(arrivals.sizes)}`;
    case 'mmpp': {
      const { ratio, calmNs, busyNs } = arrivals;
      const [calm, busy] = [formatDuration(calmNs), formatDuration(busyNs)];
      return `arrivals in phases (means: ${calm} calm, ${busy} busy at ${amount(ratio)} times the rate)`;
    }
  }
}

function batchWords(sizes: Extract<Traffic['arrivals'], { kind: 'batch' }>['sizes']): string {
  const [only] = sizes;
  if (sizes.length === 1 && only !== undefined) return count(only.size);
  const weights = sizes.reduce((sum, { weight }) => sum + weight, 0);
  return sizes
    .map(({ size, weight }) => `${count(size)} (${percent(weight / weights)})`)
    .join(', ');
}

function burstWords(bursts: Traffic['bursts']): string[] {
  const [first] = bursts;
  if (first === undefined) return [];
  const all = bursts.reduce((sum, burst) => sum + burst.count, 0);
  if (bursts.length > 1) return [`${count(bursts.length)} bursts of ${count(all)} requests in all`];
  return [`a burst of ${counted(first.count, 'request')}`];
}

function population(points: NonNullable<Traffic['users']>['points']): string {
  const users = points.map((point) => Math.floor(point.users));
  const [least, most] = [Math.min(...users), Math.max(...users)];
  return least === most ? counted(most, 'user') : `${count(least)} to ${counted(most, 'user')}`;
}

function traceWords({ atNs, holdNs }: NonNullable<Traffic['trace']>): string {
  const requests = `a trace of ${counted(atNs.length, 'request')}`;
  return holdNs === null ? requests : `${requests}, with their holds`;
}
