// Writes the committed samples in reports/, and the parts of the README that show them.
// `npm run samples`; a test fails when they are out of date.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Advice } from '../../src/experiment/advice.ts';
import { withSamples } from './readme.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

execFileSync(process.execPath, [
  join(root, 'dist/cli/main.js'),
  'run',
  'january-2024',
  '--out',
  join(root, 'reports'),
]);
const report = readFileSync(join(root, 'reports/january-2024.txt'), 'utf8');
const { advice } = JSON.parse(readFileSync(join(root, 'reports/january-2024.json'), 'utf8')) as {
  advice: Advice;
};
const readme = join(root, 'README.md');
writeFileSync(readme, withSamples(readFileSync(readme, 'utf8'), report, advice));
