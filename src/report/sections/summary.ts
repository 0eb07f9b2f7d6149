/** The sections of every report, in their order: see `run-report`. */
import { alertSentences } from '../alert-sentences.ts';
import { type Report, section } from '../report.ts';
import { msOf } from '../run-clock.ts';
import { oneLine, shorten, WIDTH, wrap } from '../text.ts';
import { productLine } from './product.ts';
import { STAGES, STAGE_WORDS, stageShare } from '../verdict/names.ts';
import { isPlain, trafficWords } from '../traffic-words.ts';
import { verdict } from '../verdict.ts';
import { count, counted, fromTo, milliseconds, percent, wholePercent } from '../words.ts';

type Service = Report['scenario']['system']['services'][number];

/** An alert's firings beyond these are only counted. */
const MOST_FIRINGS = 2;
/** Closed forms that deviate beyond these are only counted. */
const MOST_DEVIATIONS = 2;

/** Which run this is: name, clock, size, seed, and the hash of what was simulated. */
export function headLines({ result, scenario, style, clock }: Report): string[] {
  const { name, title, hash } = result.scenario;
  const isNamed = title === name || title === '';
  const heading = oneLine(isNamed ? name : `${name}: ${title}`);
  const day = clock.startMs < 86_400_000 ? [] : [clock.date(result.start)];
  const facts = [
    ...day,
    `${clock.time(result.start)} to ${clock.time(result.end)}`,
    counted(result.requests.arrived, 'request'),
    `seed ${shorten(oneLine(result.seed), 20)}`,
    `hash ${hash.slice(0, 8)}`,
  ];
  return [
    style.bold(shorten(heading, WIDTH)),
    ...wrap(facts.join(', ')),
    ...productLine({ result }),
    ...scenario.system.services.flatMap((service) => unusualTraffic(service, scenario)),
  ];
}

/** Traffic is Poisson with a rate unless something else is said. */
function unusualTraffic(service: Service, scenario: Report['scenario']): string[] {
  if (isPlain(service, scenario)) return [];
  return wrap(`Traffic of ${service.name}: ${trafficWords(service, scenario).join('; ')}`);
}

/** The verdict, its first line and its advice set off. */
export function verdictLines({ result, advice, clock, style }: Report): string[] {
  return verdict(result, advice, clock).map((line, i) => {
    if (i === 0) return style.bold(line);
    if (line.startsWith('Do: ')) return style.green(line);
    return line.startsWith("Don't: ") ? style.red(line) : line;
  });
}

/** What people did, with the failed share and the median in the five minutes before and after. */
export function timelineLines(report: Report): string[] {
  const { result, clock, full } = report;
  const rows = result.timeline.map(({ at, title, before, after }) => [
    clock.time(at),
    title,
    fromTo(before?.errors, after?.errors, percent),
    fromTo(before?.p50Ms, after?.p50Ms, milliseconds),
  ]);
  const columns = [
    { head: 'Time' },
    { head: 'What people did', whenLong: full ? ('wrap' as const) : ('shorten' as const) },
    { head: 'failed' },
    { head: 'half within' },
  ];
  return section(report, columns, rows);
}

/** When each alert fired and resolved, and what that says. */
export function alertLines(report: Report): string[] {
  const { result, scenario, clock } = report;
  const rows = scenario.alerts.map(({ name, kind }) => [name, kind, firingWords(report, name)]);
  const columns = [
    { head: 'Alerts and dashboards', whenLong: 'shorten' as const },
    { head: '' },
    { head: 'fired', whenLong: 'wrap' as const },
  ];
  const sentences = alertSentences(result, scenario.alerts, clock);
  return [...section(report, columns, rows), ...sentences.flatMap((text) => wrap(text))];
}

function firingWords({ result, clock }: Report, name: string): string {
  const firings = result.alerts
    .filter((alert) => alert.name === name)
    .sort((a, b) => msOf(a.firedAt) - msOf(b.firedAt));
  if (firings.length === 0) return 'never';
  const shown = firings.slice(0, MOST_FIRINGS).map(({ firedAt, resolvedAt, instance }) => {
    const where = instance === undefined ? '' : `${instance} `;
    const until = resolvedAt === null ? 'the end' : clock.time(resolvedAt);
    return `${where}${clock.time(firedAt)} to ${until}`;
  });
  const rest = firings.length - shown.length;
  return [...shown, ...(rest > 0 ? [counted(rest, 'more time')] : [])].join(', ');
}

/** Mean time of a completed request in each stage. */
export function ledgerLines(report: Report): string[] {
  const { result } = report;
  const rows = STAGES.filter((stage) => result.ledgerMs[stage] > 0).map((stage) => [
    STAGE_WORDS[stage],
    milliseconds(result.ledgerMs[stage]),
    percent(stageShare(result, stage)),
  ]);
  const columns = [
    { head: 'Where the time went' },
    { head: 'mean', align: 'right' as const },
    { head: 'share', align: 'right' as const },
  ];
  return section(report, columns, rows);
}

/** The assumption behind the answer, and the proof of the run. */
export function footLines({ result, advice, style, full }: Report): string[] {
  const { checks, holds } = result.certificate;
  const exact = checks.filter((check) => check.exact);
  const broken = exact.filter((check) => !check.holds).map((check) => check.name);
  const theory = closedFormWords(checks);
  const proof = holds
    ? `${counted(exact.length, 'check')} of the bookkeeping ${exact.length === 1 ? 'holds' : 'hold'}${theory}`
    : `Broken: ${broken.join('; ')}. This is a fault in tidemark.`;
  const more = full ? '' : ' --full shows the rest.';
  const leansOn = advice === null || hasMechanism(result) ? '' : leansOnWords(advice);
  if (holds) return wrap(`${leansOn}${proof}${more}`);
  return [
    ...(leansOn === '' ? [] : wrap(leansOn.trim())),
    ...wrap(proof + more).map((line) => style.red(line)),
  ];
}

/** What it leans on is tried on a backlog, where a mechanism of some pool may not show. */
function hasMechanism({ bottleneck }: Report['result']): boolean {
  return bottleneck.mechanism !== undefined;
}

/** How many closed forms agree, to be added to a sentence; one that deviates is named. */
function closedFormWords(checks: Report['result']['certificate']['checks']): string {
  const forms = checks.filter((check) => !check.exact);
  const far = forms.filter((check) => !check.holds);
  const near = forms.length - far.length;
  if (forms.length === 0) return '.';
  const agree = `${counted(near, 'closed form')} ${near === 1 ? 'agrees' : 'agree'}`;
  if (far.length === 0) return `, ${agree}.`;
  const names = far.slice(0, MOST_DEVIATIONS).map(({ name }) => oneLine(name));
  const rest = far.length - names.length;
  const others = rest > 0 ? [`${count(rest)} more`] : [];
  const deviate = `${count(far.length)} ${far.length === 1 ? 'deviates' : 'deviate'} from theory`;
  return `, ${agree}, ${deviate}: ${[...names, ...others].join('; ')}.`;
}

function leansOnWords({ leansOn, unchanged }: NonNullable<Report['advice']>): string {
  if (leansOn === null) return '';
  const { path, grade, errors, larger } = leansOn;
  const than = unchanged.errors === null ? '' : `, not ${percent(unchanged.errors)}`;
  const what = `${oneLine(path)} (${grade})`;
  const more = `with ${wholePercent(larger)} more ${percent(errors)} fail${than}`;
  return `It leans most on ${what}: ${more}. `;
}
