// @vitest-environment node
import { expect, test } from 'vitest'
import { budgetsOf, filesOf, FIRST_LOAD_KB, type Manifest, STAFF_PAGE_KB } from '../budgets'

const manifest: Manifest = {
  'index.html': { file: 'assets/index.js', isEntry: true, imports: ['_react.js'], css: ['assets/index.css'] },
  '_react.js': { file: 'assets/react.js' },
  '_table.js': { file: 'assets/table.js', imports: ['_react.js', 'index.html'] },
  'src/staff-area.tsx': { file: 'assets/staff.js', imports: ['_react.js'] },
  '../../banksia/modules/certificates/web/pages/queue.tsx': {
    file: 'assets/queue.js',
    imports: ['_table.js'],
  },
}

test('a page costs the shell, itself and all that both import, each once', () => {
  expect(
    [...filesOf(manifest, ['index.html', '../../banksia/modules/certificates/web/pages/queue.tsx'])].sort(),
  ).toEqual(['assets/index.css', 'assets/index.js', 'assets/queue.js', 'assets/react.js', 'assets/table.js'])
})

test('every page has its limit, and a staff page counts what stands around it', () => {
  expect(budgetsOf(manifest)[1]?.keys).toContain('src/staff-area.tsx')
  expect(budgetsOf(manifest).map(({ page, limit }) => [page, limit])).toEqual([
    ['the start page', FIRST_LOAD_KB],
    ['banksia/modules/certificates/web/pages/queue.tsx', STAFF_PAGE_KB],
  ])
})
