/** The run cannot go on, and the reason lies in the scenario: too much in flight, or no progress in time. */
export class SimulationLimit extends Error {
  override readonly name = 'SimulationLimit';
  readonly code: 'too-many-in-flight' | 'zero-time-loop';
  /** Simulated instant at which it happened, nanoseconds after the start. */
  readonly atNs: number;

  constructor(code: SimulationLimit['code'], atNs: number, message: string) {
    super(message);
    this.code = code;
    this.atNs = atNs;
  }
}
