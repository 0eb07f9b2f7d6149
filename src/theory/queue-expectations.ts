// The figures of a queue of several servers from the probabilities of its lengths.

/** The probabilities of first, first + 1, … requests in the system; of all others it is 0. */
export interface StateProbabilities {
  readonly first: number;
  readonly p: Float64Array;
}

export interface QueueExpectations {
  /** Requests waiting or in service. */
  readonly meanInSystem: number;
  /** Requests waiting. */
  readonly meanPending: number;
  /** The probability that every server is busy. */
  readonly allBusyProbability: number;
  /** How long one who arrives now, first come, first served, would wait: (n − c + 1)⁺·S/c. */
  readonly meanVirtualWaitSeconds: number;
  /** The probability that an arrival is refused: that nobody more may wait. */
  readonly refusedProbability: number;
}

/** Divided by the sum of the probabilities, so that rounding on the way to them does not add up. */
export function expectationsOf(
  { first, p }: StateProbabilities,
  queue: {
    readonly meanServiceSeconds: number;
    readonly servers: number;
    readonly queueLimit: number;
  },
): QueueExpectations {
  const { meanServiceSeconds, servers, queueLimit } = queue;
  let [total, inSystem, pending, allBusy, refused] = [0, 0, 0, 0, 0];
  for (const [i, share] of p.entries()) {
    const n = first + i;
    total += share;
    inSystem += share * n;
    if (n >= servers) {
      allBusy += share;
      pending += share * (n - servers);
    }
    if (n === servers + queueLimit) refused += share;
  }
  return {
    meanInSystem: inSystem / total,
    meanPending: pending / total,
    allBusyProbability: allBusy / total,
    meanVirtualWaitSeconds: (((pending + allBusy) / total) * meanServiceSeconds) / servers,
    refusedProbability: refused / total,
  };
}
