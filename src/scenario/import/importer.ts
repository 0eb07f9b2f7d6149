/** What every kind of configuration file is to the importers: recognised, then read. */
import type { Profile } from '../profiles.ts';
import type { Configuration } from './configuration.ts';
import type { Findings } from './findings.ts';
import type { Variables } from './variables.ts';

/** What one must know to read a file, besides the file. */
export interface ImportContext {
  /** What placeholders stand for. */
  readonly variables: Variables;
  /** Which section or profile of the file holds: `production`; null: the file's own default. */
  readonly environment: string | null;
  /** Which product reads the file, if somebody said so; null: the file shows it. */
  readonly profile: Profile | null;
}

export interface Importer {
  /** As users call such a file: `Spring Boot configuration`. */
  readonly kind: string;
  /** The profile that belongs to it; several for files of more than one product; none for a fleet's. */
  readonly profiles: readonly string[];
  /** Besides pools it says what environment variables the service gets; files of others use them. */
  readonly givesVariables?: true;
  /**
   * Whether a file is of this kind; at most one importer may say so of a file. With `context.profile` only
   * importers of that profile are asked, and take what they would not have known for certain.
   */
  readonly fits: (configuration: Configuration, context: ImportContext) => boolean;
  readonly read: (configuration: Configuration, context: ImportContext) => Findings;
  /**
   * Reads all files of this kind at once, when one of them may override another (`application-prod.yml`):
   * what each of them says, in their order. What several say together stands with the first of these.
   */
  readonly readTogether?: (
    configurations: readonly Configuration[],
    context: ImportContext,
  ) => readonly Findings[];
}
