/** One thing that is known, or assumed, of a system: what a scenario says at a path, and how one knows. */
import type { Found } from '../import/findings.ts';
import type { Path } from '../path.ts';
import type { Grade } from '../scenario.ts';

export interface Fact {
  readonly path: Path;
  /** As a scenario file writes it. */
  readonly value: unknown;
  readonly grade: Grade;
  /** From where: `application.yml:6`, `no file says it`. */
  readonly note: string;
  /** The key of a file that says it, and where that stands. */
  readonly found?: Pick<Found<unknown>, 'key' | 'place'>;
}
