/** The verdict of a diagnosis: where requests wait, what helps, what does not, and what told it. */
import type { Diagnosis } from '../../experiment/diagnose/diagnosis.ts';
import type { LeverEffect } from '../../experiment/diagnose/effects.ts';
import type { Station } from '../../experiment/result.ts';
import { MECHANISM_STATION } from '../../experiment/mechanism/mechanism.ts';
import { mechanismLines } from '../verdict/mechanism-lines.ts';
import { poolName, STATION_SUBJECTS } from '../verdict/names.ts';
import { causeWords } from '../triage/cause-words.ts';
import { figureWords } from '../triage/figure-words.ts';
import { amount, count, listed, milliseconds, percent, wholePercent } from '../words.ts';
import type { DiagnosisParts } from './diagnose-report.ts';
import { effectWords } from './lever-lines.ts';

/** Sentences, each a line or two wide; together five lines or so. */
export function diagnosisVerdict(parts: DiagnosisParts): string[] {
  const { diagnosis } = parts;
  if (diagnosis.bottleneck.station === 'none') return [calm(parts), ...helps(diagnosis)];
  return [
    `${where(parts)} ${consequence(diagnosis)}`,
    ...behind(parts),
    ...helps(diagnosis),
    ...clears(diagnosis),
    ...told(diagnosis),
    ...wouldHave(parts),
  ];
}

function where({ diagnosis: { bottleneck, stretch, run }, clock }: DiagnosisParts): string {
  const span = `from ${clock.time(stretch.from)} to ${clock.time(stretch.to)}`;
  const { station } = bottleneck;
  const what = station === 'pool' ? poolName(run) : STATION_SUBJECTS[station];
  return `${what} is the bottleneck ${span}:`;
}

function calm({ diagnosis: { stretch, evidence }, clock }: DiagnosisParts): string {
  const span = `From ${clock.time(stretch.from)} to ${clock.time(stretch.to)}`;
  const use =
    stretch.poolUtilisation === null ? '' : `, ${wholePercent(stretch.poolUtilisation)} used`;
  const wait = evidence.waitP99Ms ?? 0;
  return `${span} requests hardly wait anywhere: 99 % get a connection in ${milliseconds(wait)}${use}.`;
}

function consequence({ stretch }: Diagnosis): string {
  const { errors, p50Ms } = stretch;
  const rest = p50Ms === null ? '' : `, half of the others took over ${milliseconds(p50Ms)}`;
  if (errors === null) return 'no request ended.';
  if (errors < 0.0005) {
    return `nothing failed${p50Ms === null ? '' : `, half took over ${milliseconds(p50Ms)}`}.`;
  }
  return `${percent(errors)} failed${rest}.`;
}

/** What is behind it, when that is something else. */
function behind({ diagnosis: { bottleneck, run }, clock }: DiagnosisParts): string[] {
  const { cause, station } = bottleneck;
  const mechanism = mechanismLines(run, clock)?.cause.at(-1);
  const own: Partial<Record<Station, string>> = {
    pool: 'pool',
    'connection-opening': 'opening',
    'connection-slots': 'slots',
    'database-cores': 'database-cpu',
    'service-concurrency': 'concurrency',
  };
  if (
    mechanism !== undefined &&
    MECHANISM_STATION[bottleneck.mechanism?.name ?? 'leak'] === station
  )
    return [mechanism];
  if (cause === null || cause === own[station]) return [];
  const { name, lookAt } = causeWords[cause];
  return [`Behind it is ${name}. Look at ${lookAt}.`];
}

/** The first of all levers, and of the settings where that is another. */
function helps({ levers, yardstick }: Diagnosis): string[] {
  const helping = levers.filter(({ verdict }) => verdict === 'helps');
  const strongest = best(helping);
  if (strongest === null) return ['No lever that was tried surely helps.'];
  const setting = best(helping.filter(({ group }) => group === 'settings'));
  const what = yardstick === 'served' ? 'served' : 'response time saved';
  const others =
    setting === null || setting === strongest
      ? ''
      : `; of the settings ${changeName(setting)}, ${effectWords(setting)}`;
  return [
    `What helps most is ${changeName(strongest)}: ${effectWords(strongest)} ${what}${others}.`,
  ];
}

/** `a tenth less query work`, `a tenth more size of the pool` */
function changeName({ name, change: { from, to }, kind }: LeverEffect): string {
  if (kind === 'choice')
    return from === 'as it is' && to === 'restarted' ? 'a restart' : `${name}: ${String(to)}`;
  const isMore = typeof from === 'number' && typeof to === 'number' && to > from;
  return `${name} (a tenth ${isMore ? 'more' : 'less'})`;
}

function best(levers: readonly LeverEffect[]): LeverEffect | null {
  return levers.reduce<LeverEffect | null>(
    (a, b) => (a === null || b.effect > a.effect ? b : a),
    null,
  );
}

const SUSPECTS: Readonly<Record<string, string>> = {
  'database.roundTrip': 'the network',
  '.balancer': 'the balancer',
  'timeline.restart': 'the deployment',
};

function clears({ levers, evidence }: Diagnosis): string[] {
  const nothing = levers.filter(({ verdict }) => verdict === 'nothing');
  const names = Object.entries(SUSPECTS)
    .filter(([path]) => nothing.some((lever) => lever.path.endsWith(path)))
    .map(([, name]) => name);
  const cpu = evidence.databaseCpu;
  const isSpare = cpu !== null && cpu < 0.7;
  const all = [...names, ...(isSpare ? [`the database's CPU (${wholePercent(cpu)})`] : [])];
  return all.length === 0 ? [] : [`It is not ${listed(all, 'or')}.`];
}

/** The figures by which a full pool is told from a slow network, by the names that people have for them. */
function told({ bottleneck, evidence }: Diagnosis): string[] {
  const { pending, active, max, roundTripMs, useP50Ms } = evidence;
  if (bottleneck.cause !== 'pool' || pending === null || pending === 0) return [];
  if (active === null || max === null || roundTripMs === null || useP50Ms === null) return [];
  const full = `${figureWords.pending.metric} ${count(pending)} with ${amount(active)} of ${amount(max)} in use`;
  const network = `a round trip is ${milliseconds(roundTripMs)} of a use of ${milliseconds(useP50Ms)}`;
  return [`What told it from the network: ${full}; ${network}.`];
}

function wouldHave({ diagnosis: { counterfactuals }, clock }: DiagnosisParts): string[] {
  const sizes = counterfactuals.filter(({ kind }) => kind === 'pool-size');
  const most = sizes.reduce((a, b) => Math.max(a, b.fewer ?? 0), 0);
  // The smallest that does nearly what any of them does.
  const enough = sizes.find(({ fewer }) => most > 0 && (fewer ?? 0) >= 0.99 * most);
  if (enough?.at == null || enough.size === null || enough.fewer === null) return [];
  const when = clock.time(enough.at);
  return [
    `Had the pool been ${count(enough.size)} at ${when}: ${count(enough.fewer)} failed requests fewer.`,
  ];
}
