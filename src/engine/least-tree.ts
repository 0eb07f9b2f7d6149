/**
 * Which of many places has the least number, and which is the first of those that have it, looked for from
 * any place on: a tournament. Above the places stands a tree in which each node has the smaller number of
 * the two below it.
 *
 *             2
 *          2     3          the first with the least from place 1 on is place 1,
 *        4   2  3  5        and from place 2 on, past the end, it is place 1 again
 *
 * Of a few places all are looked at instead, which costs less than to keep the tree.
 */

/** Larger than any number of a place: the place counts for nothing. */
export const NEVER = 0x7fffffff;
const ROOT = 1;
/** Up to so many places there is no tree. */
const FEW = 16;
/** Shifting by so many bits leaves the sign. */
const SIGN = 31;

export class LeastTree {
  /** The root at 1; below node k are 2k and 2k + 1; the places begin in the middle. Few: the places alone. */
  private readonly nodes: Int32Array;
  private readonly middle: number;
  /** Numbers, as a flag is tested for all that could be falsy. */
  private readonly few: number;

  /** @param places how many; all of them NEVER */
  constructor(places: number) {
    let middle = 1;
    while (middle < places) middle *= 2;
    this.few = places <= FEW ? places : 0;
    this.middle = this.few > 0 ? 0 : middle;
    this.nodes = new Int32Array(this.few > 0 ? places : 2 * middle).fill(NEVER);
  }

  /** Gives a place another number. O(log places), less where the least of its neighbours stays. */
  set(place: number, value: number): void {
    const { nodes } = this;
    let at = this.middle + place;
    let least = value;
    nodes[at] = value;
    if (this.few > 0) return;
    while (at > ROOT) {
      const other = nodes[at ^ 1] as number;
      if (other < least) least = other;
      at >>= 1;
      if (nodes[at] === least) return;
      nodes[at] = least;
    }
  }

  /** The first place with the least number, from `from` on and then from 0; −1: all are NEVER. O(log places). */
  firstFrom(from: number): number {
    return this.few > 0 ? this.firstOfFew(from) : this.firstOfMany(from);
  }

  /** Without a branch that depends on the numbers: which of them is the least cannot be foreseen. */
  private firstOfFew(from: number): number {
    const { nodes, few } = this;
    let least = NEVER;
    for (let i = 0; i < few; i++) {
      const less = ((nodes[i] as number) - least) | 0;
      least = (least + (less & (less >> SIGN))) | 0;
    }
    if (least === NEVER) return -1;
    // A bit for each place that has it.
    let places = 0;
    for (let i = 0; i < few; i++) places |= (((nodes[i] as number) - least - 1) >>> SIGN) << i;
    const later = places >>> from;
    return later === 0 ? lowestBit(places) : from + lowestBit(later);
  }

  private firstOfMany(from: number): number {
    const { nodes, middle } = this;
    const least = nodes[ROOT] as number;
    if (least === NEVER) return -1;
    let at = from < middle ? this.subtreeFrom(middle + from, least) : ROOT;
    while (at < middle) {
      at *= 2;
      if (nodes[at] !== least) at++;
    }
    return at - middle;
  }

  /** The lowest node at or right of a place's with the least number below it; the root when there is none. */
  private subtreeFrom(node: number, least: number): number {
    const { nodes } = this;
    if (nodes[node] === least) return node;
    for (let at = node; at > ROOT; at >>= 1) {
      if ((at & 1) === 0 && nodes[at + 1] === least) return at + 1;
    }
    return ROOT;
  }
}

function lowestBit(bits: number): number {
  return SIGN - Math.clz32(bits & -bits);
}
