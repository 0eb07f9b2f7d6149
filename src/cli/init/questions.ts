// The questions in the planner's words, of which at most seven are asked; an answer is what options would have said.

import { databaseOf, holdsOf, objectivesOf, ratesOf } from './answer-options.ts';
import { rateText, type RawInitOptions } from './options.ts';

export interface InitQuestion {
  readonly asks: string;
  readonly example: string;
  /** How the command line says it. */
  readonly said: string;
  /** Nothing can be assumed for it unless somebody has been asked. */
  readonly isNeeded?: true;
  /** Whether an option or a file has answered it. */
  readonly isAnswered: (raw: RawInitOptions, known: Known) => boolean;
  /** What the answer is as options. */
  readonly options: (answer: string) => Partial<RawInitOptions>;
  /** It names files instead. */
  readonly files?: true;
}

/** What the command line and files have said. */
export interface Known {
  readonly given: RawInitOptions;
  readonly pods: boolean;
  readonly files: boolean;
}

export const FILES_QUESTION: InitQuestion = {
  asks: 'Which files set up the pool and the deployment?',
  example: 'application.yml deployment.yaml',
  said: 'the files of the pool and the deployment',
  isAnswered: (_raw, { files }) => files,
  options: () => ({}),
  files: true,
};

export const QUESTIONS: readonly InitQuestion[] = [
  FILES_QUESTION,
  {
    asks: 'How many pods (instances) run?',
    example: '8',
    said: '--pods 8',
    isAnswered: ({ pods }, known) => pods !== undefined || known.pods,
    options: (pods) => ({ pods }),
  },
  {
    asks: 'How many requests arrive: now, and at the peak of each surge?',
    example: '450/s, lunch 800/s, flash sale 1800/s',
    said: '--rate 450/s, and --surge lunch=800/s for each surge',
    isNeeded: true,
    isAnswered: ({ rate }) => rate !== undefined,
    options: ratesOf,
  },
  {
    asks: 'How long is a connection out: the mean, or p50 and p99?',
    example: 'p50 12ms, p99 180ms',
    said: '--hold-p50 12ms and --hold-p99 180ms, or --hold-mean 24ms',
    isNeeded: true,
    isAnswered: isHeld,
    options: holdsOf,
  },
  {
    asks: 'At how many requests per second was that measured?',
    example: '450/s',
    said: '--measured-at 450/s',
    // A hold that nobody has measured was measured at no rate.
    isAnswered: (raw) => raw.measuredAt !== undefined || !isHeld(raw),
    options: (rate) => ({ measuredAt: rateText(rate) }),
  },
  {
    asks: 'How many processors has the database, and what is its max_connections?',
    example: '4, 100',
    said: '--db-cores 4 and --db-max 100',
    isAnswered: (_raw, { given }) => given.dbCores !== undefined || given.dbMax !== undefined,
    options: databaseOf,
  },
  {
    asks: 'How many processors has the database?',
    example: '4',
    said: '--db-cores 4',
    isAnswered: (_raw, { given }) => given.dbCores !== undefined || given.dbMax === undefined,
    options: (dbCores) => ({ dbCores }),
  },
  {
    asks: 'What is max_connections of the database?',
    example: '100',
    said: '--db-max 100',
    isAnswered: (_raw, { given }) => given.dbMax !== undefined || given.dbCores === undefined,
    options: (dbMax) => ({ dbMax }),
  },
  {
    asks: 'What must hold?',
    example: 'response p99 < 1s, errors < 1%',
    said: "--objective 'errors < 1%'",
    isAnswered: ({ objective }) => objective !== undefined,
    options: objectivesOf,
  },
];

function isHeld({ holdMean, holdP50, holdP99 }: RawInitOptions): boolean {
  return [holdMean, holdP50, holdP99].some((one) => one !== undefined);
}
