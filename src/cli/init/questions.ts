// The seven questions, in the planner's words; an answer is what options would have said.

import { rateText, type RawInitOptions } from './options.ts';

export interface InitQuestion {
  readonly asks: string;
  readonly example: string;
  /** Whether an option or a file has answered it. */
  readonly isAnswered: (raw: RawInitOptions, known: Known) => boolean;
  /** What the answer is as options. */
  readonly options: (answer: string) => Partial<RawInitOptions>;
  /** It names files instead. */
  readonly files?: true;
}

/** What files have said. */
export interface Known {
  readonly pods: boolean;
  readonly files: boolean;
}

export const QUESTIONS: readonly InitQuestion[] = [
  {
    asks: 'Which files set up the pool and the deployment?',
    example: 'application.yml deployment.yaml',
    isAnswered: (_raw, { files }) => files,
    options: () => ({}),
    files: true,
  },
  {
    asks: 'How many pods (instances) run?',
    example: '8',
    isAnswered: ({ pods }, known) => pods !== undefined || known.pods,
    options: (pods) => ({ pods }),
  },
  {
    asks: 'How many requests arrive: now, and at the peak of each surge?',
    example: '450/s, lunch 800/s, flash sale 1800/s',
    isAnswered: ({ rate }) => rate !== undefined,
    options: ratesOf,
  },
  {
    asks: 'How long is a connection out: the mean, or p50 and p99?',
    example: 'p50 12ms, p99 180ms',
    isAnswered: (raw) => [raw.holdMean, raw.holdP50, raw.holdP99].some((one) => one !== undefined),
    options: holdsOf,
  },
  {
    asks: 'At how many requests per second was that measured?',
    example: '450/s',
    isAnswered: ({ measuredAt }) => measuredAt !== undefined,
    options: (rate) => ({ measuredAt: rateText(rate) }),
  },
  {
    asks: 'How many processors has the database, and what is its max_connections?',
    example: '4, 100',
    isAnswered: ({ dbCores, dbMax }) => dbCores !== undefined && dbMax !== undefined,
    options: (answer) => {
      const [dbCores = '', dbMax] = answer.split(/[\s,]+/);
      return { dbCores, ...(dbMax === undefined ? {} : { dbMax }) };
    },
  },
  {
    asks: 'What must hold?',
    example: 'response p99 < 1s, errors < 1%',
    isAnswered: ({ objective }) => objective !== undefined,
    options: (answer) => ({ objective: partsOf(answer) }),
  },
];

/** The first rate is today's, the others are surges with their names. */
function ratesOf(answer: string): Partial<RawInitOptions> {
  const [rate = '', ...surge] = partsOf(answer);
  return { rate: rateText(rate.replace(/^now\s+/, '')), ...(surge.length === 0 ? {} : { surge }) };
}

/** `p50 12ms, p99 180ms`, `12ms 180ms`, or the mean alone. */
function holdsOf(answer: string): Partial<RawInitOptions> {
  const times = answer.split(/[\s,]+/).filter((word) => !/^(?:mean|p50|p99)$/.test(word));
  const [first = '', second] = times;
  return second === undefined ? { holdMean: first } : { holdP50: first, holdP99: second };
}

function partsOf(answer: string): string[] {
  return answer
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}
