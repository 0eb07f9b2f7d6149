/** Plain tables of the benches: columns as wide as their widest cell, numbers to the right. */

export function table(rows: readonly (readonly string[])[]): string {
  const columns = Math.max(...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, i) =>
    Math.max(...rows.map((row) => row[i]?.length ?? 0)),
  );
  return rows
    .map((row) =>
      row
        .map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Three digits that matter. */
export function figure(x: number | null): string {
  return x === null ? '-' : String(Number(x.toPrecision(3)));
}

export function rounded(x: number): number {
  return Number(x.toPrecision(4));
}
