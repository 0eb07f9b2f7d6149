// Writes the committed samples in reports/, and what the README, the tutorial, the guide of the gate and the page
// on the library show of what is printed. `npm run samples`; a test fails when they are out of date.

import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Advice } from '../../src/experiment/advice.ts';
import { withOutputs } from '../docs/console.ts';
import {
  page as libraryPage,
  pageText,
  printedBy,
  projectOf,
  withPrinted,
} from '../docs/library-page.ts';
import { ciGuide, open, tutorial } from '../docs/pages.ts';
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

for (const page of [tutorial, ciGuide]) {
  const { text, commands, run, close } = open(page);
  const outputs = commands.map(({ command }) => run(command));
  writeFileSync(join(root, page.file), withOutputs(text, outputs));
  close();
}

const project = projectOf(pageText());
writeFileSync(
  libraryPage,
  withPrinted(pageText(), (program) => printedBy(program, project)),
);
rmSync(project, { recursive: true });
