import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { days } from './scripts/lib/lint/days.mjs';
import { packages, zod } from './scripts/lib/lint/packages.mjs';
import { waits } from './scripts/lib/lint/waits.mjs';
import { widgets } from './scripts/lib/lint/widgets.mjs';

const house = { rules: { packages, zod, days, waits, widgets } };

export default defineConfig([
  globalIgnores(['dist/', 'out/', 'node_modules/', 'odoo-module/', 'test-results/']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  tseslint.configs.recommendedTypeChecked,
  svelte.configs.recommended,
  {
    languageOptions: {
      globals: globals.node,
      parserOptions: {
        projectService: { allowDefaultProject: ['eslint.config.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      // An abort signal's reason is passed on as it came.
      '@typescript-eslint/prefer-promise-reject-errors': [
        'error',
        { allowThrowingAny: true, allowThrowingUnknown: true },
      ],
      'svelte/prefer-svelte-reactivity': 'off', // snapshots and view state are replaced, not changed in place
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/require-await': 'off', // an async function is also how a port's method is implemented
    },
  },

  // What may import a package; what may import a room is .dependency-cruiser.mjs.
  {
    files: [
      'src/**/*.ts',
      'webview/**/*.{ts,svelte}',
      'test/**/*.ts',
      'bench/**/*.{ts,mjs}',
      'ci/**/*.ts',
      'scripts/**/*.mjs',
    ],
    plugins: { house },
    rules: {
      'house/packages': 'error',
      'house/widgets': 'error',
      'house/zod': 'error',
    },
  },
  {
    files: ['src/**/*.ts', 'webview/**/*.ts'],
    rules: {
      'no-console': 'error',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'ExportDefaultDeclaration, ExportSpecifier[exported.name="default"]',
          message: 'Export by name: a default export is called something else in every file.',
        },
      ],
    },
  },

  // Days are made in one place. The seed of the demo makes up moments, and no day that anybody is told.
  {
    files: ['src/**/*.ts', 'webview/**/*.{ts,svelte}'],
    ignores: ['src/base/days.ts', 'src/demo/seed/**'],
    plugins: { house },
    rules: { 'house/days': 'error' },
  },

  // What a server says ends no timer and no loop of ours.
  {
    files: ['src/**/*.ts', 'webview/**/*.{ts,svelte}'],
    plugins: { house },
    rules: { 'house/waits': 'error' },
  },

  // Webviews: browser globals, and Svelte's files, whose types svelte-check looks at.
  { files: ['webview/**'], languageOptions: { globals: globals.browser } },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
  },
  {
    files: ['**/*.svelte'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'off',
      'no-restricted-syntax': [
        'error',
        {
          selector: 'SvelteAttribute[key.name="style"] > SvelteLiteral',
          message:
            'A style attribute is refused by the content security policy: use a class or style:property.',
        },
      ],
    },
  },

  // Scripts are JavaScript with JSDoc types, which tsc checks; what JSON.parse gives is theirs to know, and what came
  // over a wire is what tests assert.
  {
    files: ['**/*.{mjs,cjs}', 'test/**/*.ts', 'bench/**/*.ts', 'ci/**/*.ts'],
    rules: {
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
      '@typescript-eslint/no-unsafe-argument': 'off',
      '@typescript-eslint/no-unsafe-return': 'off',
      '@typescript-eslint/no-unsafe-call': 'off',
    },
  },
  { files: ['**/*.cjs'], rules: { '@typescript-eslint/no-require-imports': 'off' } },
]);
