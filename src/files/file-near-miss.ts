import { readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { didYouMean } from '../scenario/near-miss.ts';

/** `; did you mean holds.csv?`: a file of nearly that name in the same folder; or nothing. */
export function fileNearMiss(path: string): string {
  try {
    return didYouMean(basename(path), readdirSync(dirname(path)));
  } catch {
    return '';
  }
}
