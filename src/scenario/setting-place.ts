/** Where a setting stands that a scenario takes from another file. */
import type { Place } from './import/configuration.ts';
import type { Path } from './path.ts';

export interface SettingPlace {
  /** Of the scenario's document, with everything written out. */
  readonly path: Path;
  /** The file by its path as the scenario names it. */
  readonly place: Place;
  /** The key as that file writes it: `spring.datasource.hikari.maximum-pool-size`. */
  readonly key: string;
}
