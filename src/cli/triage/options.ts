// The figures of `tidemark triage`: read, and held against each other.

import { MILLISECOND } from '../../engine/time.ts';
import type { Evidence, Filling } from '../../experiment/diagnose/evidence.ts';
import { parseDuration } from '../../scenario/duration.ts';
import { checkCount } from '../count.ts';
import { UserFault } from '../faults.ts';

/** As commander hands them over. */
export interface RawTriageOptions {
  readonly active?: string;
  readonly max?: string;
  readonly pending?: string;
  readonly opening?: string;
  readonly waitP99?: string;
  readonly useP50?: string;
  readonly useUsual?: string;
  readonly useBeforeDeploy?: string;
  readonly connect?: string;
  readonly roundTrip?: string;
  readonly dbCpu?: string;
  readonly running?: string;
  readonly leastActive?: string;
  readonly slots?: string;
  readonly threads?: string;
  readonly json?: true;
  readonly color: boolean;
}

const most = 100_000_000;

/** @throws UserFault with all that is wrong */
export function readEvidence(raw: RawTriageOptions): Evidence {
  const faults: string[] = [];
  const number = (name: string, text: string | undefined, least = 0) =>
    checkCount(name, text, most, faults, least) ?? null;
  const time = (name: string, text: string | undefined) => checkTime(name, text, faults);
  const filling = (name: string, text: string | undefined) => checkFilling(name, text, faults);
  const evidence: Evidence = {
    active: number('--active', raw.active),
    max: number('--max', raw.max, 1),
    pending: number('--pending', raw.pending),
    opening: number('--opening', raw.opening),
    waitP99Ms: time('--wait-p99', raw.waitP99),
    useP50Ms: time('--use-p50', raw.useP50),
    useUsualMs: time('--use-usual', raw.useUsual),
    useBeforeDeployMs: time('--use-before-deploy', raw.useBeforeDeploy),
    connectMs: time('--connect', raw.connect),
    roundTripMs: time('--round-trip', raw.roundTrip),
    databaseCpu: checkCpu('--db-cpu', raw.dbCpu, faults),
    running: number('--running', raw.running),
    leastActive: number('--least-active', raw.leastActive),
    slots: filling('--slots', raw.slots),
    threads: filling('--threads', raw.threads),
  };
  faults.push(...contradictions(evidence));
  if (faults.length === 0 && Object.values(evidence).every((figure) => figure === null)) {
    faults.push('triage needs a figure: start with --active, --max and --pending');
  }
  if (faults.length > 0) throw new UserFault(faults);
  return evidence;
}

function checkTime(name: string, text: string | undefined, faults: string[]): number | null {
  if (text === undefined) return null;
  const duration = parseDuration(text);
  if (duration.ok) return duration.value / MILLISECOND;
  // The message begins with the text itself where only the unit is missing.
  const said = duration.message.startsWith(`${text}:`) ? '' : `${text}: `;
  faults.push(`${name} ${said}${duration.message}`);
  return null;
}

/** `20%`; a bare number could be a share or a percentage. */
function checkCpu(name: string, text: string | undefined, faults: string[]): number | null {
  if (text === undefined) return null;
  const percent = /^(\d+(?:\.\d+)?)\s*%$/.exec(text)?.[1];
  if (percent !== undefined && Number(percent) <= 100) return Number(percent) / 100;
  faults.push(`${name} ${text}: must be a share from 0% to 100%${percentHint(text)}`);
  return null;
}

function percentHint(text: string): string {
  const bare = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text) || bare > 100) return '';
  const percent = bare > 0 && bare < 1 ? Number((bare * 100).toPrecision(6)) : bare;
  return `; did you mean ${String(percent)}%?`;
}

function checkFilling(name: string, text: string | undefined, faults: string[]): Filling | null {
  if (text === undefined) return null;
  const [, used, of] = /^(\d{1,9})\/(\d{1,9})$/.exec(text) ?? [];
  if (used === undefined || of === undefined || Number(of) === 0) {
    faults.push(`${name} ${text}: write how many are taken / how many there are, such as 97/100`);
    return null;
  }
  if (Number(used) <= Number(of)) return { used: Number(used), of: Number(of) };
  faults.push(`${name} ${text}: ${used} of ${of} cannot be taken`);
  return null;
}

/** Figures that cannot be true together. */
function contradictions({ active, max, opening, running, leastActive }: Evidence): string[] {
  const isMore = (a: number | null, b: number | null) => a !== null && b !== null && a > b;
  const say = (is: boolean, text: string) => (is ? [text] : []);
  const [a, m] = [String(active), String(max)];
  return [
    ...say(isMore(active, max), `--active ${a}: more than --max ${m}; give both of as many pools`),
    ...say(isMore(opening, max), `--opening ${String(opening)}: more than --max ${m}`),
    ...say(
      isMore(running, active),
      `--running ${String(running)}: more than --active ${a}; count the same connections only`,
    ),
    ...say(
      isMore(leastActive, active),
      `--least-active ${String(leastActive)}: more than --active ${a}, which is of the busiest instance`,
    ),
  ];
}
