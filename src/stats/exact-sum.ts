/**
 * A sum of whole numbers that stays exact beyond 2^53: a high and a low part, the low one below 2^52.
 * Two sums are equal if and only if their parts are.
 */
const CARRY = 2 ** 52;
const CARRY_BITS = 52n;
const LOW_BITS = (1n << CARRY_BITS) - 1n;

export class ExactSum {
  high = 0;
  low = 0;

  /** Adds a whole number, 0 ≤ x < 2^53. */
  add(x: number): void {
    if (x >= CARRY) {
      this.high++;
      this.addBelow(x - CARRY);
    } else this.addBelow(x);
  }

  private addBelow(x: number): void {
    this.low += x;
    if (this.low >= CARRY) {
      this.low -= CARRY;
      this.high++;
    }
  }

  /** Adds the product of two whole numbers: 0 ≤ a < 2^53, 0 ≤ b < 2^40. */
  addProduct(a: number, b: number): void {
    const product = a * b;
    if (product < CARRY) {
      this.add(product);
      return;
    }
    const exact = BigInt(a) * BigInt(b);
    this.high += Number(exact >> CARRY_BITS);
    this.add(Number(exact & LOW_BITS));
  }

  addSum(other: ExactSum): void {
    this.high += other.high;
    this.add(other.low);
  }

  /** Takes away a sum that is not larger. */
  subtract(other: ExactSum): void {
    this.high -= other.high;
    this.low -= other.low;
    if (this.low < 0) {
      this.low += CARRY;
      this.high--;
    }
  }

  copy(): ExactSum {
    const copy = new ExactSum();
    copy.addSum(this);
    return copy;
  }

  equals(other: ExactSum): boolean {
    return this.high === other.high && this.low === other.low;
  }

  get exact(): bigint {
    return (BigInt(this.high) << CARRY_BITS) + BigInt(this.low);
  }

  /** The nearest double. */
  get value(): number {
    return this.high * CARRY + this.low;
  }
}
