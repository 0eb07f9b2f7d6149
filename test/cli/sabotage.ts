/** Copies of the built command, whole or with one rule broken. */

import { cpSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, quiet, root } from './tidemark.ts';

/** A folder with a copy of the built command and a scenario. */
export function copyOfBuild(): string {
  const copy = folder({ 'quiet.yaml': quiet });
  cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
  cpSync(join(root, 'package.json'), join(copy, 'package.json'));
  cpSync(join(root, 'scenarios'), join(copy, 'scenarios'), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

/** A copy in which a text of one of its files is replaced. */
export function sabotaged(file: string, from: string | RegExp, to: string): string {
  const copy = copyOfBuild();
  const path = join(copy, 'dist', file);
  const whole = readFileSync(path, 'utf8');
  const broken = whole.replace(from, to);
  if (broken === whole) throw new Error(`dist/${file} has nothing to break`);
  writeFileSync(path, broken);
  return copy;
}
