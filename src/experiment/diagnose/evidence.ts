/** What one sees of an overload on a dashboard, or in a stretch of a run: the figures that tell causes apart. */

export interface Evidence {
  /** Connections in use, those included that are opened anew while a request has them. */
  readonly active: number | null;
  /** Most connections; of as many pools as `active`. */
  readonly max: number | null;
  /** Requests that wait for a connection. */
  readonly pending: number | null;
  /** Connections that are being opened. */
  readonly opening: number | null;
  readonly waitP99Ms: number | null;
  /** How long a connection is out, half of the time. */
  readonly useP50Ms: number | null;
  /** The same when all was well. */
  readonly useUsualMs: number | null;
  /** The same just before the last deployment. */
  readonly useBeforeDeployMs: number | null;
  /** How long it takes to open a connection. */
  readonly connectMs: number | null;
  /** Network time of one round trip between service and database. */
  readonly roundTripMs: number | null;
  /** Share of the database's processors that is busy. */
  readonly databaseCpu: number | null;
  /** Connections in use, `active` of which are looked at, on which the database is at work. */
  readonly running: number | null;
  /** Connections in use on the instance that uses the fewest; `active` and `max` are of the fullest one. */
  readonly leastActive: number | null;
  /** Connections that the server has, and the most that it takes. */
  readonly slots: Filling | null;
  /** Requests that an instance works on, and the most at once. */
  readonly threads: Filling | null;
}

/** So many places of so many are taken. */
export interface Filling {
  readonly used: number;
  readonly of: number;
}

export type EvidenceKey = keyof Evidence;

/** Nothing is known. */
export const noEvidence: Evidence = {
  active: null,
  max: null,
  pending: null,
  opening: null,
  waitP99Ms: null,
  useP50Ms: null,
  useUsualMs: null,
  useBeforeDeployMs: null,
  connectMs: null,
  roundTripMs: null,
  databaseCpu: null,
  running: null,
  leastActive: null,
  slots: null,
  threads: null,
};
