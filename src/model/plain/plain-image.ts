/**
 * What a system has in the memory of the plain flow, copied out while another system has it, and back. As
 * long as what is in use: O(places + holders + instances).
 */
import { holderQueues } from './steps/holder-queues.ts';
import { BERTHS, HOLDERS, INT, memory, NUM } from './steps/plain-memory.ts';
import { waitingLine } from './steps/plain-line.ts';

const { num, int, line, lineMarks, holders, holderMarks, berths, berthMarks } = memory;
const { sortedKeys, sorted } = holderQueues;

type Block = Float64Array | Int32Array;

/** Copies of the beginnings of arrays. */
export type PlainImage = readonly (readonly [to: Block, copy: Block])[];

/** Places of the line that have been used by anybody. */
let placesUsed = 0;

/** Leaves no marks in the line to the next system, which makes none itself where it has one instance. */
export function clearMarks(): void {
  placesUsed = Math.max(placesUsed, int[INT.MASK] + 1);
  lineMarks.fill(0, 0, placesUsed);
}

/** Memory in which nothing has happened yet, for a system of so many instances. */
export function clearMemory(instances: number): void {
  num.fill(0);
  int.fill(0);
  num.fill(Infinity, NUM.ARRIVAL_AT, NUM.GIVE_UP_AT + 1);
  num[NUM.FIRST_END] = num[NUM.WORK_AT] = Infinity;
  berths.fill(0, 0, instances << BERTHS.ROW);
  berthMarks.fill(0, 0, instances << BERTHS.ROW);
  waitingLine.empty(instances);
  holderQueues.freeAll();
}

export function copyOut(instances: number): PlainImage {
  const places = int[INT.USED] > 0 ? int[INT.MASK] + 1 : 0;
  const made = int[INT.MADE] + HOLDERS.WIDTH;
  const lengths: (readonly [Block, number])[] = [
    [num, num.length],
    [int, int.length],
    [sortedKeys, sortedKeys.length],
    [sorted, sorted.length],
    [line, places],
    [lineMarks, places],
    [holders, made],
    [holderMarks, made],
    [berths, instances << BERTHS.ROW],
    [berthMarks, instances << BERTHS.ROW],
  ];
  return lengths.map(([block, length]) => [block, block.slice(0, length)]);
}

export function copyIn(image: PlainImage): void {
  for (const [to, copy] of image) to.set(copy);
}
