/** What a change of settings may not change, because requests under way already depend on it. */
import type { Step, WorkSettings } from '../model/database/settings.ts';
import { lawsOf } from '../model/database/work-parts.ts';
import type { ServiceSettings } from '../model/service/settings.ts';
import type { PoolerSettings } from '../model/pooler/settings.ts';
import type { Arrivals } from '../model/traffic/settings.ts';
import type { SystemSettings } from '../model/settings.ts';
import { frozenPool } from './frozen-pool.ts';
import { didYouMean } from './near-miss.ts';
import type { Path } from './path.ts';
import { problem, type Problem } from './problem.ts';

/** Keys that describe the run or the report, not the system. */
const fixedKeys: readonly string[] = [
  ...['format', 'name', 'title', 'start', 'timezone', 'duration', 'seed', 'objectives', 'alerts'],
  ...['timeline', 'provenance', 'readings'],
];

/** Says why a path of a `set` cannot change during a run, or nothing. */
export function refuseRoot(root: string, document: unknown): string | null {
  const several = typeof document === 'object' && document !== null && 'services' in document;
  const roots = several ? ['services', 'database'] : ['service', 'traffic', 'requests', 'database'];
  if (roots.includes(root)) return null;
  if (fixedKeys.includes(root))
    return `${root} cannot change during a run; allowed: ${roots.join(', ')}`;
  if (several && ['service', 'traffic', 'requests'].includes(root)) {
    return `there are several services; begin with services.<name>`;
  }
  if (!several && root === 'services') return 'there is one service; begin with service';
  return `${root} is unknown${didYouMean(root, [...roots, ...fixedKeys])}`;
}

/** Everything that differs between two complete settings and must not. */
export function frozenProblems(before: SystemSettings, after: SystemSettings): Problem[] {
  const names = (system: SystemSettings): string => system.services.map((s) => s.name).join(', ');
  const single = before.services.length === 1 && before.services[0]?.name === 'service';
  if (names(before) !== names(after)) {
    return [fixed(['services'], 'the number and names of services')];
  }
  const problems = before.services.flatMap((service, i) => {
    const path = single ? [] : ['services', service.name];
    const other = after.services[i];
    if (other === undefined) return [];
    return [
      ...trafficProblems(service, other, path),
      ...classProblems(service, other, path),
      ...patienceProblems(service, other, path),
      ...frozenPool(service.pool, other.pool, [...(single ? ['service'] : path), 'pool']),
    ];
  });
  if (before.database.contention.kind !== after.database.contention.kind) {
    problems.push(fixed(['database', 'contention'], 'the kind of contention'));
  }
  problems.push(...poolerProblems(before.database.pooler, after.database.pooler));
  if (before.database.connectLatency.family !== after.database.connectLatency.family) {
    problems.push(familyFixed(['database', 'connect', 'latency']));
  }
  return problems;
}

function poolerProblems(before?: PoolerSettings, after?: PoolerSettings): Problem[] {
  const path = ['database', 'pooler'];
  if (before === undefined && after === undefined) return [];
  if (before === undefined || after === undefined)
    return [fixed(path, 'whether there is a pooler in front of the database')];
  const same = before.clientLatency.family === after.clientLatency.family;
  return [
    ...frozenPool(before.pool, after.pool, [...path, 'pool']),
    ...(same ? [] : [familyFixed([...path, 'connect', 'latency'])]),
  ];
}

function trafficProblems(before: ServiceSettings, after: ServiceSettings, path: Path): Problem[] {
  const [then, now] = [before.traffic, after.traffic];
  const here = [...path, 'traffic'];
  const problems: Problem[] = [];
  if (!isSameKind(then.arrivals, now.arrivals)) {
    problems.push(
      fixed([...here, 'arrivals'], 'the kind of arrivals (but for the phases of mmpp)'),
    );
  }
  if (then.trace !== now.trace) problems.push(fixed([...here, 'trace'], 'the trace'));
  if (then.users === null) return problems;
  if (now.users === null) {
    const message = 'users cannot be taken away during a run; set users to 0';
    problems.push(problem([...here, 'users'], 'not-changeable', message));
  } else if (then.users.think.family !== now.users.think.family) {
    problems.push(familyFixed([...here, 'think']));
  }
  return problems;
}

/** Whether gaps that are drawn already mean the same. */
function isSameKind(before: Arrivals, after: Arrivals): boolean {
  if (before.kind === 'mmpp') return after.kind === 'mmpp';
  return JSON.stringify(before) === JSON.stringify(after);
}

function classProblems(before: ServiceSettings, after: ServiceSettings, path: Path): Problem[] {
  const names = (service: ServiceSettings): string =>
    service.requests.map((c) => c.name).join(', ');
  if (names(before) !== names(after)) {
    return [fixed([...path, 'requests'], 'the number and names of request classes')];
  }
  return before.requests.flatMap(({ work }, i) => {
    const other = after.requests[i]?.work ?? work;
    const here = [...path, 'requests'];
    if (work.kind !== other.kind) {
      return [fixed(here, `${work.kind} cannot become ${other.kind}: the kind of work`)];
    }
    if (shapeOf(work) !== shapeOf(other)) return [fixed(here, 'the kinds and number of steps')];
    const laws = lawsOf(other);
    const isSame = lawsOf(work).every((law, n) => law.family === laws[n]?.family);
    return isSame ? [] : [familyFixed(here)];
  });
}

function patienceProblems(before: ServiceSettings, after: ServiceSettings, path: Path): Problem[] {
  const here = [...path, 'traffic', 'client', 'patience'];
  const [was, becomes] = [before.client.patience, after.client.patience];
  if ((was === null) !== (becomes === null)) {
    return [fixed(here, 'whether clients lose patience')];
  }
  return was?.family === becomes?.family ? [] : [familyFixed(here)];
}

/** What a request does, without how long it takes. */
function shapeOf(work: WorkSettings): string {
  return JSON.stringify(work.kind === 'steps' ? work.steps.map(stepShape) : work.kind);
}

function stepShape(step: Step): unknown {
  return step.kind === 'transaction' ? step.steps.map(stepShape) : step.kind;
}

function fixed(path: Path, what: string): Problem {
  return problem(path, 'not-changeable', `${what} cannot change during a run`);
}

function familyFixed(path: Path): Problem {
  const message = "a distribution's family cannot change during a run; its parameters can";
  return problem(path, 'not-changeable', message);
}
