/**
 * The verdict's third line: what it was not, as far as the run shows it. Nothing is cleared by a rule of
 * thumb: the network by its share of the time, what people did by the failed share before and after it,
 * the database's CPU by its load.
 */
import type { RunResult, TimelineResult } from '../../experiment/result.ts';
import { listed, roughPercent, wholePercent } from '../words.ts';
import { isPoolBehindQueue } from './station-line.ts';
import { STAGES, STAGE_WORDS, stageShare, workersWaitShare } from './names.ts';

/** A network that takes less of the time than this cannot be what makes requests slow. */
const NETWORK_SHARE = 0.05;
/** Failed shares closer than this are the same. */
const SAME = 0.01;
/** A processor below this has time left. */
const CPU_SPARE = 0.7;

/** The wordings of the third line, the most complete one first; none when nothing needs clearing. */
export function innocenceWordings(result: RunResult): string[] {
  const { station } = result.bottleneck;
  if (station === 'none') return [mostOfTheTime(result)];
  if (isPoolBehindQueue(result)) {
    const share = wholePercent(workersWaitShare(result));
    return [
      `Its workers spend ${share} of their time waiting for a connection, so it fills first.`,
      `Its workers spend ${share} of their time waiting for a connection.`,
    ];
  }
  const network = stageShare(result, 'network') < NETWORK_SHARE ? ['the network'] : [];
  const cleared = [...new Set([...network, ...clearedByTimeline(result)])];
  const cpu = clearedCpu(result);
  return [cleared, cleared.slice(0, 2), cleared.slice(0, 1)].flatMap((some) => sentence(some, cpu));
}

function mostOfTheTime(result: RunResult): string {
  const share = (stage: (typeof STAGES)[number]) => stageShare(result, stage);
  const most = STAGES.reduce((a, b) => (share(b) > share(a) ? b : a));
  if (share(most) === 0) return 'No request took any time.';
  return `Of the response time, ${wholePercent(share(most))} is ${STAGE_WORDS[most]}.`;
}

function sentence(cleared: readonly string[], cpu: string | null): string[] {
  if (cpu === null) {
    if (cleared.length === 0) return [];
    const or = listed(cleared, cleared.length > 2 ? 'or' : 'nor');
    return [`It was ${cleared.length === 2 ? 'neither' : 'not'} ${or}.`];
  }
  if (cleared.length === 0) return [`It was not ${cpu}.`];
  if (cleared.length === 1) return [`It was neither ${cleared.join('')} nor ${cpu}.`];
  const others = `${cleared.join(', ')}, nor ${cpu}.`;
  return [`It was not ${others}`, `Not ${others}`];
}

/** What people changed during the trouble and what did not make fewer requests fail. */
function clearedByTimeline(result: RunResult): string[] {
  return result.timeline
    .filter(changedNothing)
    .map(suspectOf)
    .filter((suspect) => suspect !== null);
}

function changedNothing({ kind, before, after }: TimelineResult): boolean {
  if (kind === 'note') return false;
  const [from, to] = [before?.errors ?? null, after?.errors ?? null];
  return from !== null && to !== null && from > SAME && to > from - SAME;
}

/** Whom people suspected when they did this. */
function suspectOf({ kind, title, set }: TimelineResult): string | null {
  const paths = Object.keys(set);
  if (paths.length > 0 && paths.every((path) => path.endsWith('balancer'))) return 'the balancer';
  if (paths.length > 0 && paths.every((path) => path.endsWith('roundTrip'))) return 'the network';
  if (kind !== 'restart' || paths.length > 0) return null;
  if (/deploy|roll(?:ed|ing)?[ -]?back|release/i.test(title)) return 'the deployment';
  return 'anything that a restart cures';
}

/** The database's CPU, with its use, when it had time left; null: it had not, or is the bottleneck. */
export function clearedCpu({ bottleneck, outage, database }: RunResult): string | null {
  const use = outage?.databaseUtilisation ?? database.utilisation;
  if (bottleneck.station === 'database-cores' || use >= CPU_SPARE) return null;
  return `the database's CPU (${roughPercent(use)})`;
}
