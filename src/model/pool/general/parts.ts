/** What the parts of a general pool share. */
import type { VariateStream } from '../../../engine/variates.ts';
import type { Backend } from '../../database/backend.ts';
import type { PoolBooks } from '../books.ts';
import type { PoolEvents } from '../connection-pool.ts';
import type { Roster } from './roster.ts';

export interface PoolParts {
  readonly books: PoolBooks;
  readonly roster: Roster;
  readonly backend: Backend;
  readonly events: PoolEvents;
  /** Decides whatever is decided by chance. */
  readonly draws: VariateStream;
}
