import globals from 'globals'
import importX from 'eslint-plugin-import-x'
import jsxA11y from 'eslint-plugin-jsx-a11y'
import reactHooks from 'eslint-plugin-react-hooks'
import tseslint from 'typescript-eslint'
import { createTypeScriptImportResolver } from 'eslint-import-resolver-typescript'

const source = [
  'web/**/*.{ts,tsx}',
  'banksia/*/*/web/**/*.{ts,tsx}',
  'e2e/**/*.ts',
  'bench/*.ts',
  'vite.config.ts',
]
const tests = ['**/*.test.{ts,tsx}', 'e2e/**/*.ts', 'bench/*.ts', 'web/kit/testing/**']

export default tseslint.config(
  // Written by `npm run generate` and checked for drift, not for style.
  {
    ignores: [
      'node_modules',
      '.tools',
      '.venv',
      '.banksia',
      'web/dist',
      'web/kit/api/generated',
      'banksia/*/*/web/api',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  {
    files: source,
    extends: [
      tseslint.configs.strictTypeChecked,
      jsxA11y.flatConfigs.recommended,
      reactHooks.configs.flat.recommended,
    ],
    plugins: { 'import-x': importX },
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    settings: { 'import-x/resolver-next': [createTypeScriptImportResolver()] },
    rules: {
      'max-lines': ['error', { max: 200 }],
      // A login token lives in an HttpOnly cookie; nothing that outlives the tab is kept by a script.
      'no-restricted-globals': ['error', 'localStorage'],
      'no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              group: ['**/modules/*', '**/foundation/*'],
              message: 'Modules meet through addresses and the kit.',
            },
          ],
        },
      ],
      'import-x/no-cycle': ['error', { allowUnsafeDynamicCyclicDependency: true }],
      'no-restricted-syntax': [
        'error',
        {
          selector: "JSXOpeningElement[name.name='Button'] > JSXAttribute[name.name='loading']",
          message: 'ActionButton of the kit: while it is loading, pressing it again does nothing.',
        },
      ],
      'import-x/no-default-export': 'off',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowAsThisParameter: true }],
      // A path without parameters has the parameters {}.
      '@typescript-eslint/no-generated-empty-object-type': 'off',
      // Redirects and not-found are thrown, as the router asks for.
      '@typescript-eslint/only-throw-error': 'off',
    },
  },
  {
    files: tests,
    languageOptions: { globals: globals.node },
    rules: {
      'max-lines': ['error', { max: 500 }],
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
)
