// Writes the committed samples in reports/, and what the README, the tutorial and the page on the library
// show of what is printed. `npm run samples`; a test fails when they are out of date.

import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Advice } from '../../src/experiment/advice.ts';
import { commandsOf, shellIn, withOutputs } from '../docs/console.ts';
import {
  page as libraryPage,
  pageText,
  printedBy,
  projectOf,
  withPrinted,
} from '../docs/library-page.ts';
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

const tutorial = join(root, 'docs/tutorial');
const page = readFileSync(join(tutorial, 'README.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'tidemark-tutorial-'));
cpSync(tutorial, folder, { recursive: true });
const run = shellIn(folder, join(root, 'dist/cli/main.js'));
const outputs = commandsOf(page).map(({ command }) => run(command));
writeFileSync(join(tutorial, 'README.md'), withOutputs(page, outputs));
rmSync(folder, { recursive: true });

const project = projectOf(pageText());
writeFileSync(
  libraryPage,
  withPrinted(pageText(), (program) => printedBy(program, project)),
);
rmSync(project, { recursive: true });
