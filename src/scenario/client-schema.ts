/** What clients do while they wait, as scenario files write it. */
import { keyed } from './keyed.ts';
import { lawOf } from './law-schema.ts';
import { durationOf, numberOf, yesOrNo } from './scalars.ts';

/** The key `client` of traffic. */
export const clientSchema = keyed(
  {
    timeout: durationOf({ none: 'none' })
      .prefault('none')
      .meta({ description: 'The client leaves after this long' }),
    patience: lawOf({ none: 'none' })
      .prefault('none')
      .meta({ description: 'How long the client waits until it has a connection; then it stays' }),
    cancel: yesOrNo
      .prefault(false)
      .meta({ description: 'Whether the server stops working for a client that has left' }),
    retry: keyed(
      {
        attempts: numberOf({ whole: true, min: 0, max: 1000 })
          .prefault(0)
          .meta({ description: 'Attempts beyond the first' }),
        backoff: durationOf({ zero: true })
          .prefault('1s')
          .meta({ description: 'Pause before each further attempt' }),
      },
      {
        later: ['jitter', 'budget', 'multiplier', 'maxBackoff', 'on'],
        synonyms: { max: 'attempts', retries: 'attempts', delay: 'backoff', wait: 'backoff' },
      },
    )
      .prefault({})
      .meta({ description: 'What the client does after an error' }),
  },
  { later: ['breaker', 'hedge'] },
);
