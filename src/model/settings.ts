/** The whole simulated system as resolved data: numbers in SI or nanoseconds, nothing optional. */
import type { DatabaseSettings } from './database/settings.ts';
import type { ServiceSettings } from './service/settings.ts';

export interface SystemSettings {
  /** At least one. Names are unique; their number and order never change during a run. */
  readonly services: readonly ServiceSettings[];
  readonly database: DatabaseSettings;
}

/** Something that happens to the running system at an instant. */
export type Change =
  | { readonly kind: 'set'; readonly atNs: number; readonly settings: SystemSettings }
  | {
      readonly kind: 'restart';
      readonly atNs: number;
      /** Index of the service whose instances restart one after another. */
      readonly service: number;
      /** How long each instance takes no new requests. */
      readonly eachNs: number;
    }
  | {
      /** The server drops all connections, and refuses new ones for a while. */
      readonly kind: 'outage';
      readonly atNs: number;
      readonly lastsNs: number;
      /** Nobody notices before using or checking his connection. */
      readonly isSilent: boolean;
    };
