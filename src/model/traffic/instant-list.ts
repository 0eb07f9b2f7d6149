/** Where an instant stands in a list of instants. */

/** How many of the instants, which ascend, come before `atNs`. O(log n). */
export function countBefore(instants: ArrayLike<number>, atNs: number): number {
  let low = 0;
  let high = instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((instants[middle] as number) < atNs) low = middle + 1;
    else high = middle;
  }
  return low;
}
