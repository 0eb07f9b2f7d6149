/** A copy of the checkout in a temporary folder, in which faults are planted and taken out again. */

import {
  cpSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { PlantedFault } from './planted-fault.ts';

/** The repository's root. */
export const root = fileURLToPath(new URL('../../', import.meta.url));

const COPIED = ['src', 'test', 'scenarios', 'package.json', 'tsconfig.json'];

export class CheckoutCopy {
  readonly folder: string;

  constructor() {
    this.folder = mkdtempSync(join(realpathSync(tmpdir()), 'tidemark-faults-'));
    for (const name of COPIED) {
      cpSync(join(root, name), join(this.folder, name), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'dir');
  }

  /** Does something with the fault in place. */
  async with<T>(fault: PlantedFault, act: () => Promise<T>): Promise<T> {
    const path = join(this.folder, fault.file);
    const sound = readFileSync(path, 'utf8');
    writeFileSync(path, planted(sound, fault));
    try {
      return await act();
    } finally {
      writeFileSync(path, sound);
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The source with the fault in it.
 * @throws when the fault's text does not stand in the source exactly once: the list must follow the source
 */
export function planted(source: string, { name, file, from, to }: PlantedFault): string {
  const times = source.split(from).length - 1;
  if (times !== 1) {
    throw new Error(
      `${name}: the text to change stands ${String(times)} times in ${file}, not once:\n${from}`,
    );
  }
  return source.replace(from, () => to);
}
