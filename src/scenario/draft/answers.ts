/** What a planner answers before the first simulation, and the facts of a scenario that follow. */
import type { Fact } from './fact.ts';
import { surgeFacts } from './surge-facts.ts';

/** A surge as people name it: `flash sale, 1800/s`. */
export interface AnsweredSurge {
  readonly name: string;
  readonly peak: string;
}

/** How long a connection is out: its mean, or p50 and p99, or all three. */
export interface AnsweredHold {
  readonly mean?: string;
  readonly p50?: string;
  readonly p99?: string;
}

/** Answers in the words of scenario files (`450/s`, `12ms`); null where nobody answered. */
export interface Answers {
  readonly pods: number | null;
  readonly rate: string | null;
  readonly surges: readonly AnsweredSurge[];
  readonly hold: AnsweredHold | null;
  readonly measuredAt: string | null;
  readonly cores: number | null;
  readonly maxConnections: number | null;
  readonly objectives: readonly string[];
}

/** The note of what somebody answered. */
export const ANSWER = 'your answer';

/** What the answers say of a scenario. */
export function answeredFacts(answers: Answers): Fact[] {
  const { pods, rate, surges, hold, cores, maxConnections, objectives } = answers;
  return [
    ...stated(['traffic', 'base'], rate),
    ...surgeFacts(surges, ANSWER),
    ...(hold === null ? [] : [holdFact(hold, answers)]),
    ...stated(['service', 'instances'], pods),
    ...stated(['database', 'cores'], cores),
    ...stated(['database', 'maxConnections'], maxConnections),
    ...stated(['objectives'], objectives.length === 0 ? null : [...objectives]),
  ];
}

function stated(path: Fact['path'], value: unknown): Fact[] {
  return value === null ? [] : [{ path, value, grade: 'stated', note: ANSWER }];
}

/** Unless somebody says at which rate it was measured, that is assumed to be today's. */
function holdFact(hold: AnsweredHold, { measuredAt }: Answers): Fact {
  const value = { ...hold, ...(measuredAt === null ? {} : { measuredAt }) };
  return { path: ['requests', 'hold'], value, grade: 'stated', note: ANSWER };
}
