/** The metrics of a comparison by name: what people call them, what they are, which way is better. */
import type { Scenario } from '../../scenario/scenario.ts';
import type { FigureKind } from '../interval-words.ts';
import { oneLine } from '../text.ts';

export interface MetricWords {
  /** In a table. */
  readonly head: string;
  /** In a sentence, after `its`. */
  readonly subject: string;
  readonly kind: FigureKind;
  /** From the unit of the figure to that of its kind: objectives have seconds, the rest milliseconds. */
  readonly scale: number;
  /** null: neither is better. */
  readonly better: 'lower' | 'higher' | null;
  /** Counted in buckets, and so known to a share of itself only. */
  readonly isPercentile?: boolean;
}

type Objective = Scenario['objectives'][number];

export function metricWords(name: string, objectives: readonly Objective[]): MetricWords {
  const known = KNOWN[name] ?? serviceWords(name);
  if (known !== undefined) return { scale: 1, ...known };
  const objective = objectives.find(({ text }) => text === name);
  if (objective === undefined) throw new Error(`bug: nobody knows the metric ${name}`);
  return objectiveWords(objective);
}

type Known = Omit<MetricWords, 'scale'>;

const time = (head: string, subject: string): Known => {
  return { head, subject, kind: 'time', better: 'lower', isPercentile: !head.endsWith('mean') };
};

const KNOWN: Readonly<Record<string, Known>> = {
  errors: { head: 'failed', subject: 'error rate', kind: 'share', better: 'lower' },
  'response.p99Ms': time('response: p99', 'p99'),
  'response.p50Ms': time('response: median', 'median'),
  'response.meanMs': time('response: mean', 'mean response time'),
  'acquireWait.p99Ms': time('pool wait: p99', 'p99 wait for a connection'),
  'acquireWait.meanMs': time('pool wait: mean', 'mean wait for a connection'),
  'pooler.wait.p99Ms': time('pooler wait: p99', 'p99 wait at the pooler'),
  'pooler.wait.meanMs': time('pooler wait: mean', 'mean wait at the pooler'),
  'goodput.perSecond': {
    head: 'answered',
    subject: 'rate of answers',
    kind: 'rate',
    // More of them may come from more traffic; what was lost is the error rate.
    better: null,
  },
  'pool.utilisation': {
    head: 'connections in use',
    subject: 'share of connections in use',
    kind: 'share',
    better: null,
  },
  'pool.peakPending': {
    head: 'most waiting',
    subject: 'longest line of waiting requests',
    kind: 'count',
    better: null,
  },
  'database.utilisation': {
    head: "database's CPU",
    subject: "use of the database's CPU",
    kind: 'share',
    better: null,
  },
};

function serviceWords(name: string): Known | undefined {
  const [, service, figure] = /^services\.(.+)\.(errors|response\.p99Ms)$/.exec(name) ?? [];
  const known = KNOWN[figure ?? ''];
  if (service === undefined || known === undefined) return undefined;
  return {
    ...known,
    head: `${service}: ${figure === 'errors' ? known.head : known.subject}`,
    subject: `${known.subject} of ${service}`,
  };
}

function objectiveWords({ text, condition: { metric, comparison } }: Objective): MetricWords {
  const head = oneLine(text);
  return {
    head,
    subject: `value for "${head}"`,
    ...kindOf(metric),
    better: comparison.startsWith('<') ? 'lower' : 'higher',
  };
}

function kindOf({ kind }: Objective['condition']['metric']): Pick<MetricWords, 'kind' | 'scale'> {
  switch (kind) {
    case 'percentile':
    case 'mean':
      return { kind: 'time', scale: 1000 };
    case 'errors':
    case 'pool-utilisation':
    case 'database-utilisation':
      return { kind: 'share', scale: 1 };
    case 'pool-pending':
      return { kind: 'count', scale: 1 };
    case 'arrival-rate':
    case 'goodput':
      return { kind: 'rate', scale: 1 };
  }
}
