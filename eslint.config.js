import { relative, sep } from 'node:path';
import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { importFault } from './eslint.layers.js';

const root = import.meta.dirname;

/**
 * The layer table as a rule: every way of naming another module is judged, dynamic ones included.
 *
 * @type {import('eslint').Rule.RuleModule}
 */
const layers = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const file = relative(root, context.filename).split(sep).join('/');

    /** @param {import('eslint').Rule.Node} node */
    function judge(node) {
      const source = 'source' in node ? node.source : undefined;
      if (source === undefined || source === null) return;
      const fault =
        source.type === 'Literal' && typeof source.value === 'string'
          ? importFault(file, source.value)
          : 'An import names its module literally, or the layer rule cannot read it.';
      if (fault !== undefined) context.report({ node: source, message: fault });
    }

    return {
      ImportDeclaration: judge,
      ExportNamedDeclaration: judge,
      ExportAllDeclaration: judge,
      ImportExpression: judge,
      TSImportType: judge,
    };
  },
};

const byName = [
  {
    selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
    message: 'Export by name.',
  },
];

/** What is not erased when types are; the layouts of the plain flow are, as their names become numbers. */
const noEnums = [
  {
    selector: 'TSEnumDeclaration, TSParameterProperty',
    message: 'Write what stays when types are erased: a union, an object, a field.',
  },
];

const onlyConstEnums = [
  {
    selector: 'TSEnumDeclaration[const!=true], TSParameterProperty',
    message: 'Only a const enum becomes numbers; any other is looked up at each use.',
  },
];

/** Powers go through Math.pow, whose bits differ between versions of Node; those of two are exact. */
const noPowers = [
  {
    selector: [
      'BinaryExpression[operator="**"]',
      ':not([left.value=2][right.type="Literal"])',
      ':not([left.value=2][right.operator="-"][right.argument.type="Literal"])',
    ].join(''),
    message: 'Multiply, or write the number: other powers than 2 ** 32 have no pinned bits.',
  },
  {
    selector: 'AssignmentExpression[operator="**="]',
    message: 'Multiply: powers have no pinned bits.',
  },
];

const noChance = {
  object: 'Math',
  property: 'random',
  message: 'Draw from a named random stream.',
};

const noPow = {
  object: 'Math',
  property: 'pow',
  message: 'Multiply: Math.pow has other bits on another version of Node.',
};

/** These gave the same bits on Node 20 and 24 over a million arguments each. */
const steadyFunctions = ['log', 'exp', 'cos', 'log1p', 'expm1'];

/** These nobody has measured, and the language promises nothing about their last digit. */
const unmeasuredFunctions = [
  ['sin', 'tan', 'asin', 'acos', 'atan', 'atan2'],
  ['sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh'],
  ['log2', 'log10', 'cbrt', 'hypot'],
].flat();

/** @param {string[]} names */
function mathDoor(names) {
  return names.map((property) => ({
    object: 'Math',
    property,
    message: 'The functions whose bits are pinned stand in src/engine/math.ts.',
  }));
}

/**
 * @param {[name: string, message: string][]} globals
 * @returns {['error', object]}
 */
function barGlobals(globals) {
  return [
    'error',
    { globals: globals.map(([name, message]) => ({ name, message })), checkGlobalObject: true },
  ];
}

export default defineConfig(
  { ignores: ['dist/', 'coverage/', 'reports/'] },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      complexity: ['error', 12],
      'max-lines': ['error', 400],
      'max-lines-per-function': ['error', 70],
      'no-console': 'error',
      'no-restricted-properties': ['error', noChance],
      'no-restricted-syntax': ['error', ...byName, ...noEnums],
      'no-warning-comments': 'error',
    },
  },
  {
    files: ['src/**/*.ts'],
    plugins: { tidemark: { rules: { layers } } },
    rules: {
      'tidemark/layers': 'error',
      'no-restricted-syntax': ['error', ...byName, ...noEnums, ...noPowers],
      'no-restricted-properties': [
        'error',
        noChance,
        noPow,
        ...mathDoor([...steadyFunctions, ...unmeasuredFunctions]),
      ],
    },
  },
  {
    // The door itself, and the two rooms that may not import it; a function that somebody has
    // measured moves from one list to the other.
    files: ['src/engine/math.ts', 'src/stats/**/*.ts', 'src/theory/**/*.ts'],
    rules: {
      'no-restricted-properties': ['error', noChance, noPow, ...mathDoor(unmeasuredFunctions)],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: ['cli', 'executor', 'files', 'postgres', 'page'].map((room) => `src/${room}/**`),
    rules: {
      'no-restricted-globals': barGlobals([
        ['process', 'Only the edge knows the process: cli, executor, files, postgres.'],
        ['Buffer', 'This room runs in a browser: use a typed array.'],
        ['Date', 'Read the simulated clock.'],
        ['performance', 'Read the simulated clock.'],
        ['setTimeout', 'Schedule an event instead.'],
        ['setInterval', 'Schedule an event instead.'],
        ['setImmediate', 'Schedule an event instead.'],
        ['crypto', 'Draw from a named random stream.'],
      ]),
    },
  },
  {
    // Layouts: a row has its names, and how far its number is shifted. An entry is compared as a number.
    files: ['src/model/plain/**/*.ts'],
    rules: {
      'no-restricted-syntax': ['error', ...byName, ...noPowers, ...onlyConstEnums],
      '@typescript-eslint/no-duplicate-enum-values': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
    },
  },
  { files: ['test/**/*.ts', 'bench/**/*.ts'], rules: { 'max-lines-per-function': 'off' } },
  {
    files: ['*.js', '*.ts', 'test/setup/*.config.ts'],
    rules: { 'no-restricted-syntax': 'off' },
  },
);
