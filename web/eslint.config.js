import prettier from 'eslint-config-prettier';
import vue from 'eslint-plugin-vue';
import { defineConfig, globalIgnores } from 'eslint/config';
import ts from 'typescript-eslint';

/** Named before a component had to have two words; a new one has them. */
const SINGLE_WORDS = ['Breakdown', 'Counter', 'Door', 'Field', 'Gallery', 'Icon', 'Photo', 'Sheet', 'Terms', 'Trouble'];

// What is wrong, not how it is laid out: the rules of layout are switched off at the end.
export default defineConfig(
  globalIgnores(['dist', 'public', '.generated']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  ts.configs.recommended,
  vue.configs['flat/recommended'],
  { files: ['**/*.vue'], languageOptions: { parserOptions: { parser: ts.parser } } },
  { rules: { 'vue/multi-word-component-names': ['error', { ignores: SINGLE_WORDS }] } },
  {
    // These need the types. A promise that nobody waits for says so with "void".
    files: ['src/**/*.ts', 'src/**/*.vue'],
    languageOptions: {
      parserOptions: { projectService: true, extraFileExtensions: ['.vue'], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': 'error',
    },
  },
  prettier,
);
