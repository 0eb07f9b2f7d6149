/** The 64 bits of a double in hexadecimal digits. */
export function bitsOf(x: number): string {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** FNV-1a over the bits of 10,000 numbers: one digit that differs changes it. */
export function digestOf(number: (k: number) => number): string {
  let hash = 0xcbf29ce484222325n;
  const view = new DataView(new ArrayBuffer(8));
  for (let k = 0; k < 10_000; k++) {
    view.setFloat64(0, number(k));
    hash = BigInt.asUintN(64, (hash ^ view.getBigUint64(0)) * 0x100000001b3n);
  }
  return hash.toString(16);
}
