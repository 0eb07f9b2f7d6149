// Bundles the command: a few files start much faster than several hundred (docs/decisions/0017-bundled-command.md).
// Input is what tsc has compiled, so that the library and the command run the same code.

import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { defineConfig } from 'rolldown';

export default defineConfig({
  input: { main: 'dist/cli/start.js', worker: 'dist/executor/worker.js' },
  // piscina starts its threads from a file of its own; saxes has no licence text that a bundle could pass on.
  external: ['piscina', 'saxes'],
  platform: 'node',
  // The same sources as what Node would load, but as modules: what nobody calls can be left out.
  resolve: { alias: { yaml: join(import.meta.dirname, 'node_modules/yaml/browser/index.js') } },
  logLevel: 'warn',
  plugins: [
    { name: 'clean', renderStart: removeChunks },
    { name: 'licences', generateBundle: emitLicences },
  ],
  output: {
    dir: 'dist',
    // A thread is started from the file `worker.js` beside the one that starts it.
    entryFileNames: ({ name }) => (name === 'worker' ? 'chunks/worker.js' : 'cli/[name].js'),
    chunkFileNames: 'chunks/[name].js',
    codeSplitting: {
      groups: [
        // Small things of many commands: left alone, each would get a file of its own.
        {
          name: 'faults',
          priority: 4,
          test: new RegExp(
            'dist/(?:cli/(?:faults|exit-codes|settings|count|colour|version|quantities|question/options|run/long-run)' +
              '|files/user-fault|scenario/duration|model/simulation-limit)\\.js$',
          ),
        },
        // What every scenario needs that is read, and what is said of every run. A group also has what
        // its modules need, unless one of a higher priority has that.
        {
          name: 'parsed-scenario',
          priority: 2,
          test: new RegExp(
            'dist/(?:cli/(?:blame|progress-on|parsed-scenario|scenario-file' +
              '|files/(?:file-stem|output-files?))' +
              '|files/(?:data-file|file-fault|read-text|scenario-source)' +
              '|scenario/(?:parse-scenario|expand-document|implied-means|(?:pool|rate)-notices' +
              '|measured/[\\w-]+))\\.js$',
          ),
        },
        {
          name: 'scenario-schema',
          priority: 3,
          test: new RegExp(
            'dist/scenario/(?:changes|condition|document-path|files|frozen|frozen-pool|hold-of-query|keyed' +
              '|no-pooler|path|pool-(?:key|schema|source-keys|target)|problem|product-(?:pool|words)' +
              '|scenario-schema|value-of)\\.js$',
          ),
        },
        {
          name: 'stability',
          priority: 1,
          test: new RegExp(
            'dist/(?:experiment/(?:enlarged|expected-arrivals|full-hold|settings-history|stability|user-load' +
              '|what-if)|scenario/settings-at|theory/machine-repair)\\.js$',
          ),
        },
        {
          name: 'verdict',
          priority: 1,
          test: new RegExp(
            'dist/report/(?:verdict|verdict/(?!names)[\\w-]+|profile-words|sections/objectives)\\.js$',
          ),
        },
        {
          name: 'text',
          priority: 4,
          test: new RegExp(
            'dist/report/(?:text|table|words|document|style|report|interval-words|run-clock|chart' +
              '|verdict/names)\\.js$',
          ),
        },
      ],
    },
    // V8 reads a file of one-byte characters in less time and memory.
    charset: 'ascii',
    comments: { legal: true, annotation: false, jsdoc: false },
  },
});

/** Those of an earlier build may have other names. */
function removeChunks() {
  rmSync('dist/chunks', { recursive: true, force: true });
}

/**
 * Whoever passes on the bundle passes on the licences of the packages in it.
 *
 * @this {import('rolldown').PluginContext}
 * @param {unknown} _options
 * @param {import('rolldown').OutputBundle} bundle
 */
function emitLicences(_options, bundle) {
  const modules = Object.values(bundle).flatMap((file) =>
    file.type === 'chunk' ? file.moduleIds : [],
  );
  const folders = new Set(modules.flatMap((id) => packageFolder.exec(id)?.[0] ?? []));
  const source = [...folders]
    .sort()
    .map((folder) => `== ${relative('node_modules', folder)}\n\n${licenceOf(folder, modules)}`)
    .join('\n');
  this.emitFile({ type: 'asset', fileName: 'chunks/LICENSES.txt', source });
}

/** `…/node_modules/zod/`, `…/node_modules/@noble/hashes/` */
const packageFolder = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+[\\/]/;

/**
 * The package's file for it; without one, the end of its README and the heads of its modules.
 *
 * @param {string} folder
 * @param {string[]} modules
 */
function licenceOf(folder, modules) {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (file !== undefined) return readFileSync(join(folder, file), 'utf8');
  const section = /^LICENSE\b.*$/ms.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[0];
  if (section === undefined) throw new Error(`${folder} has no licence to pass on`);
  const heads = modules
    .filter((id) => id.startsWith(folder))
    .map((id) => /^(?:\/\/.*\n|\n)*/.exec(readFileSync(id, 'utf8'))?.[0]);
  return [section, ...heads].join('\n');
}
