/**
 * What may be behind an overload, and what one would see of each: one table, whether the figures come from
 * a dashboard or from a run.
 */
import type { Evidence } from './evidence.ts';
import { type Judgement, type Sign, type SignName, signs } from './signs.ts';

export type Cause =
  | 'balancer'
  | 'leak'
  | 'slots'
  | 'deployment'
  | 'database-cpu'
  | 'slow-plan'
  | 'network'
  | 'opening'
  | 'concurrency'
  | 'pool';

/** What one sees only, or always, if the cause is the right one. */
interface Rule {
  /** Sets the cause apart: seen, it is this; clearly absent, it is not. */
  readonly marks: readonly SignName[];
  /** Clearly absent, it is not this; seen, it may be. */
  readonly needs: readonly SignName[];
}

/**
 * From the most particular cause to the most general: a pool is full, and requests wait for it, also when
 * something behind it is slow. What is shown further up explains what is shown further down.
 */
const rules: Readonly<Record<Cause, Rule>> = {
  balancer: { marks: ['others-idle'], needs: ['all-in-use', 'requests-wait'] },
  leak: { marks: ['held-idle'], needs: ['all-in-use', 'requests-wait', 'few-opening'] },
  slots: { marks: ['slots-taken'], needs: ['connections-free'] },
  deployment: { marks: ['use-longer-since-deployment'], needs: ['use-longer'] },
  'database-cpu': { marks: ['cpu-busy'], needs: [] },
  'slow-plan': { marks: ['use-longer'], needs: [] },
  network: { marks: ['use-is-network'], needs: ['use-longer'] },
  opening: { marks: ['many-opening'], needs: ['opening-in-the-way'] },
  concurrency: { marks: ['threads-busy'], needs: ['connections-free', 'nobody-waits'] },
  pool: {
    marks: ['all-in-use', 'requests-wait'],
    needs: [
      'cpu-to-spare',
      'use-as-usual',
      'use-is-work',
      'queries-run',
      'all-alike',
      'few-opening',
    ],
  },
};

export const causes = Object.keys(rules) as readonly Cause[];

export interface JudgedSign {
  readonly name: SignName;
  readonly judgement: Judgement;
  /** Whether it sets the cause apart. */
  readonly isMark: boolean;
}

export interface Hypothesis {
  readonly cause: Cause;
  /** `shown`: its marks are seen and nothing speaks against it. */
  readonly state: 'shown' | 'possible' | 'excluded';
  readonly signs: readonly JudgedSign[];
}

/** All causes, the likeliest first. */
export function hypothesesFrom(evidence: Evidence): Hypothesis[] {
  const judged = causes.map((cause) => judge(cause, evidence));
  const rank = ({ state }: Hypothesis) => ['shown', 'possible', 'excluded'].indexOf(state);
  return judged.sort((a, b) => rank(a) - rank(b) || seen(b) - seen(a));
}

function judge(cause: Cause, evidence: Evidence): Hypothesis {
  const { marks, needs } = rules[cause];
  const judged = [...marks, ...needs].map((name, i): JudgedSign => {
    const sign: Sign = signs[name];
    return { name, judgement: sign.judge(evidence), isMark: i < marks.length };
  });
  return { cause, state: stateOf(judged), signs: judged };
}

function stateOf(judged: readonly JudgedSign[]): Hypothesis['state'] {
  if (judged.some(({ judgement }) => judgement === 'does-not-fit')) return 'excluded';
  const marks = judged.filter(({ isMark }) => isMark);
  return marks.every(({ judgement }) => judgement === 'fits') ? 'shown' : 'possible';
}

/** Among the possible ones, how much of it is seen; the shown ones keep the order of the table. */
function seen({ state, signs: judged }: Hypothesis): number {
  if (state !== 'possible') return 0;
  const worth = { fits: 2, partly: 1, 'does-not-fit': 0, 'not-said': 0 };
  return judged.reduce((sum, { judgement }) => sum + worth[judgement], 0);
}
