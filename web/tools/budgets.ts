// `npm run budgets`: what a browser must load before it shows a page, against what was promised.
// First load is the portal's start page with all it needs; a staff page is the shell with that page's own parts.
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'

export const FIRST_LOAD_KB = 220
export const STAFF_PAGE_KB = 260

/** A part of the bundle, as Vite's manifest lists it. */
export interface Chunk {
  file: string
  src?: string
  isEntry?: boolean
  imports?: string[]
  css?: string[]
}
export type Manifest = Record<string, Chunk>

/** The files of a chunk and of all that it imports before it can run. */
export function filesOf(manifest: Manifest, keys: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const files = new Set<string>()
  const visit = (key: string) => {
    const chunk = manifest[key]
    if (!chunk || seen.has(key)) return
    seen.add(key)
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    chunk.imports?.forEach(visit)
  }
  keys.forEach(visit)
  return files
}

export interface Budget {
  page: string
  keys: string[]
  limit: number
}

/** The start page comes with the shell, as a first load; every other page counts as in the back office, the heavier. */
export function budgetsOf(manifest: Manifest): Budget[] {
  // The page that shows the API is an entry of its own, which no other page loads.
  const shell = Object.keys(manifest).filter((key) => manifest[key]?.isEntry && key === 'index.html')
  const staff = Object.keys(manifest).filter((key) => key.endsWith('/staff-area.tsx'))
  const pages = Object.keys(manifest).filter((key) => /\/pages\/[^/]+\.tsx$/.test(key))
  return [
    { page: 'the start page', keys: shell, limit: FIRST_LOAD_KB },
    ...pages.map((key) => ({
      page: key.replace(/^(\.\.\/)+/, ''),
      keys: [...shell, ...staff, key],
      limit: STAFF_PAGE_KB,
    })),
  ]
}

async function check(dist: string): Promise<boolean> {
  const manifest = JSON.parse(await readFile(join(dist, '.vite', 'manifest.json'), 'utf8')) as Manifest
  const sizes = new Map<string, number>()
  const sizeOf = async (file: string) => {
    const known = sizes.get(file) ?? gzipSync(await readFile(join(dist, file))).length
    sizes.set(file, known)
    return known
  }
  let good = true
  for (const { page, keys, limit } of budgetsOf(manifest)) {
    let bytes = 0
    for (const file of filesOf(manifest, keys)) bytes += await sizeOf(file)
    const kb = bytes / 1000
    if (kb > limit) good = false
    console.log(`${kb > limit ? 'OVER' : 'ok  '} ${kb.toFixed(0).padStart(4)} of ${limit} KB gzip  ${page}`)
  }
  return good
}

if (import.meta.main) {
  const good = await check(resolve(import.meta.dirname, '../dist'))
  if (!good)
    console.error('A page is heavier than promised: load what it does not need at once with import().')
  process.exit(good ? 0 : 1)
}
