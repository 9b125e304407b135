import { readdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const api = process.env.BANKSIA_API_URL ?? 'http://localhost:8000'

// What the Python application answers itself; everything else is the SPA's.
const served = ['/api', '/modules', '/dev', '/healthz', '/readyz', '/metrics', '^/[a-z_]+/\\.well-known/']

/** AgDS makes its 110 icons by calls that a bundler must keep; said to be pure, those that no page uses fall away. */
const pureIcons: Plugin = {
  name: 'pure-icons',
  apply: 'build',
  transform: {
    filter: { id: /ag\.ds-next-react-icon\.esm\.js$/ },
    handler: (code) => ({
      code: code.replaceAll(/\b(createIcon|jsxs?)\(/g, '/* @__PURE__ */ $1('),
      map: null,
    }),
  },
}

/** Assets are compressed once, here, as small as they get; the application serves what a browser takes. */
const compressed: Plugin = {
  name: 'compressed',
  apply: 'build',
  async writeBundle({ dir = '' }) {
    const assets = `${dir}/assets`
    const names = (await readdir(assets)).filter((name) => /\.(m?js|css|svg|json)$/.test(name))
    for (const name of names) {
      const content = await readFile(`${assets}/${name}`)
      if (content.length < 1000) continue
      await writeFile(`${assets}/${name}.br`, await promisify(brotliCompress)(content))
      await writeFile(`${assets}/${name}.gz`, await promisify(gzip)(content, { level: 9 }))
    }
  },
}

/** What the first page that anybody sees stands on, its own code included. */
const START =
  /@ag\.ds-next\/react\/(core|box|text|text-link|button|text-input|heading|skip-link|icon)\/|\/web\/kit\/(api|session|format|theme|search|module)\/|\/pages\/home\.tsx/

export default defineConfig({
  root: at('web/shell'),
  plugins: [react({ jsxImportSource: '@emotion/react' }), pureIcons, compressed],
  resolve: {
    alias: [{ find: /^zod$/, replacement: at('web/kit/zod.ts') }],
    // AgDS ships one ES build behind the condition "module"; its default is CommonJS, which would bring a second Emotion.
    conditions: ['module', 'browser', 'development|production'],
    dedupe: ['react', 'react-dom', '@emotion/react', '@tanstack/react-query', '@tanstack/react-router'],
  },
  build: {
    outDir: at('web/dist'),
    emptyOutDir: true,
    manifest: true, // for the budgets
    target: 'es2022',
    assetsInlineLimit: 0, // the policy allows data: only for images, and small files are cached for ever anyway
    modulePreload: { polyfill: false },
    // The reference of the API is that large; what our own pages may weigh is checked by `npm run budgets`.
    chunkSizeWarningLimit: 1600,
    // The single-page application, the reference of the API at /api/docs, and what stands in the frame of a module's page.
    rolldownOptions: {
      input: {
        index: at('web/shell/index.html'),
        'api-docs': at('web/shell/api-docs.html'),
        frame: at('web/shell/frame.html'),
      },
      // Schemas of forms are built where a form is shown, not on every first page.
      treeshake: { moduleSideEffects: [{ test: /\/zod\.gen\.ts$/, sideEffects: false }] },
      // What every page needs comes in two files: a phone far away pays for each further one with a round trip.
      output: {
        codeSplitting: {
          groups: [
            {
              name: 'libraries',
              test: /node_modules\/(react|react-dom|scheduler|zod|@tanstack|@emotion|stylis|downshift|compute-scroll-into-view)\//,
              priority: 2,
            },
            { name: 'start', test: START, priority: 1 },
          ],
        },
      },
    },
  },
  server: {
    // Modules live outside the root, beside their Python code.
    fs: { allow: [at('.')] },
    // The host name says which council it is, so it is passed on as the browser sent it.
    proxy: Object.fromEntries(served.map((path) => [path, { target: api, changeOrigin: false }])),
  },
  test: {
    root: at('.'),
    include: ['web/**/*.test.{ts,tsx}', 'banksia/{foundation,modules}/*/web/**/*.test.{ts,tsx}'],
    pool: 'threads', // which begin a fifth sooner than processes
    maxWorkers: '100%', // all processors: one fewer is left idle by default
    environment: 'jsdom',
    environmentOptions: { jsdom: { url: 'http://bluehills.localhost/' } },
    setupFiles: [at('web/kit/testing/setup.ts')],
    server: { deps: { inline: [/@ag\.ds-next/] } },
    testTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
    env: { TZ: 'UTC' },
  },
})
