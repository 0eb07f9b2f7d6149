// Builds the product once before any test, so that a test can run the command as a user would.

import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));

export function setup(): void {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const build = spawnSync(process.execPath, [compiler, '-p', 'src/tsconfig.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  if (build.error !== undefined) throw build.error;
  if (build.status !== 0) throw new Error(`The build failed:\n${build.stdout}${build.stderr}`);
}
