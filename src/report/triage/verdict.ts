/** The verdict of a triage: what it is, what speaks for it, what is left open, what to look at next. */
import type { Evidence } from '../../experiment/diagnose/evidence.ts';
import type { Cause, Hypothesis } from '../../experiment/diagnose/hypotheses.ts';
import type { Triage } from '../../experiment/diagnose/triage.ts';
import { amount, listed, milliseconds, times, wholePercent } from '../words.ts';
import { causeWords } from './cause-words.ts';
import { figureWords } from './figure-words.ts';

/** Sentences, each a line or two wide; together five lines or so. */
export function triageVerdict(answer: Triage): string[] {
  const { hypotheses, evidence } = answer;
  const [leader] = hypotheses;
  if (leader === undefined) throw new Error('bug: no hypotheses');
  return leader.state === 'shown'
    ? [
        shownLine(leader.cause, evidence),
        ...cpuToSpare(hypotheses, evidence),
        ...remaining(hypotheses),
        ...measure(answer),
        `Look next at ${causeWords[leader.cause].lookAt}.`,
      ]
    : [openLine(hypotheses, evidence), ...measure(answer)];
}

function shownLine(cause: Cause, evidence: Evidence): string {
  const name = causeWords[cause].name;
  return `It is ${name}: ${proof[cause](evidence)}.`;
}

const so = (x: number | null) => amount(x ?? 0);
const ms = (x: number | null) => milliseconds(x ?? 0);
const howMuchLonger = (now: number | null, then: number | null) =>
  `a connection is out ${ms(now)}, ${times((now ?? 0) / (then ?? 1))} as long as`;

/** What shows it; only called with the figures that do. */
const proof: Readonly<Record<Cause, (evidence: Evidence) => string>> = {
  pool: (evidence) =>
    `all ${so(evidence.max)} connections are in use and ${waiters(evidence)} for one`,
  'slow-plan': ({ useP50Ms, useUsualMs }) => `${howMuchLonger(useP50Ms, useUsualMs)} usual`,
  deployment: ({ useP50Ms, useBeforeDeployMs }) =>
    `${howMuchLonger(useP50Ms, useBeforeDeployMs)} before it`,
  'database-cpu': ({ databaseCpu }) => `${wholePercent(databaseCpu ?? 0)} of it is busy`,
  network: ({ roundTripMs, useP50Ms }) =>
    `one round trip takes ${ms(roundTripMs)} of the ${ms(useP50Ms)} that a connection is out`,
  balancer: ({ active, leastActive }) =>
    `one instance has ${so(active)} connections in use, another only ${so(leastActive)}`,
  opening: ({ opening, active }) =>
    `${so(opening)} connections are being opened, and ${so(active)} are in use`,
  slots: ({ slots }) => `${so(slots?.used ?? 0)} of ${so(slots?.of ?? 0)} connections are taken`,
  concurrency: ({ threads }) => `all ${so(threads?.of ?? 0)} are busy, and connections are free`,
  leak: ({ active, running }) =>
    `of ${so(active)} connections in use only ${so(running)} run a query`,
};

function waiters({ pending, waitP99Ms }: Evidence): string {
  if (pending === null) return `requests wait up to ${ms(waitP99Ms)}`;
  return pending === 1 ? '1 request waits' : `${amount(pending)} requests wait`;
}

/** Said of its own, as the database is the first to be suspected. */
function cpuToSpare(hypotheses: readonly Hypothesis[], { databaseCpu }: Evidence): string[] {
  const cpu = hypotheses.find(({ cause }) => cause === 'database-cpu');
  if (cpu?.state !== 'excluded' || databaseCpu === null) return [];
  return [`The database has CPU to spare (${wholePercent(databaseCpu)}).`];
}

/** What the figures leave open beside the cause that they show. */
function remaining(hypotheses: readonly Hypothesis[]): string[] {
  const open = hypotheses.slice(1).filter(({ state }) => state !== 'excluded');
  return open.length === 0 ? [] : [`Not ruled out: ${namesOf(open, 'or')}.`];
}

/** The figure that would tell most. */
function measure({ next: [first] }: Triage): string[] {
  if (first === undefined) return [];
  const { option, metric } = figureWords[first.figure];
  return [`What would tell most: ${metric} (${option}).`];
}

function namesOf(hypotheses: readonly Hypothesis[], and: string): string {
  return listed(
    hypotheses.map(({ cause }) => causeWords[cause].name),
    and,
  );
}

function openLine(hypotheses: readonly Hypothesis[], { active, max, pending }: Evidence): string {
  const pool = hypotheses.find(({ cause }) => cause === 'pool');
  const open = hypotheses.filter(({ state }) => state === 'possible');
  const names = namesOf(open, 'or');
  const rest = names === '' ? 'Nothing that this table knows fits.' : `It may be ${names}.`;
  const isIdle = active !== null && max !== null && active < max && pending === 0;
  if (pool?.state !== 'excluded') return `These figures do not tell yet. ${rest}`;
  const why = isIdle ? ': connections are free and nobody waits for one' : '';
  return `It is not the size of the pool${why}. ${rest}`;
}
