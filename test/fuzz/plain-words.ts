// What is said to people must be words: nothing of the machine, at a place that there is.

import { expect } from 'vitest';
import { type Fault, formatFault } from '../../src/scenario/fault.ts';
import type { FileText } from '../../src/scenario/import/import-files.ts';

/** What leaks out of programs: values that are none, objects as text, stacks, our own assertions. */
const MACHINE = /undefined|\[object|\bNaN\b|\bbug:| at .*\.[jt]s:/;

/** What `text` says beyond what the files say themselves. */
export function expectWords(text: string, files: readonly FileText[]): void {
  const [leak] = MACHINE.exec(text) ?? [];
  if (leak === undefined || files.some((file) => file.text.includes(leak))) return;
  expect(text).toBe(`words without ${leak}`);
}

/** Faults say something of a place inside the files. */
export function expectFaults(faults: readonly Fault[], files: readonly FileText[]): void {
  expect(faults.length).toBeGreaterThan(0);
  for (const fault of faults) {
    expect(fault.message.trim()).not.toBe('');
    expectWords(formatFault(fault), files);
    const text = files.find(({ file }) => file === fault.file)?.text;
    if (text === undefined || fault.line === null) continue;
    const lines = text.split(/\r\n?|\n/);
    expect(fault.line).toBeGreaterThanOrEqual(1);
    expect(fault.line).toBeLessThanOrEqual(lines.length);
    expect(fault.column ?? 1).toBeGreaterThanOrEqual(1);
    expect(fault.column ?? 1).toBeLessThanOrEqual((lines[fault.line - 1] ?? '').length + 1);
  }
}
