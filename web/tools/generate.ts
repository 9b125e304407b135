// `npm run generate`: one typed client per module, from docs/reference/openapi.json, into banksia/*/NAME/web/api.
// The part that is the same for all (how to send, how to read an answer) is written once, into web/kit/api/generated.
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createClient } from '@hey-api/openapi-ts'

export interface Operation {
  operationId?: string
  tags?: string[]
}

export interface OpenApi {
  openapi: string
  info: { title: string; version: string }
  paths: Record<string, Record<string, Operation>>
  components?: { schemas?: Record<string, unknown> }
}

const FILES = {
  'sdk.gen.ts': 'sdk.gen.ts',
  'types.gen.ts': 'types.gen.ts',
  'zod.gen.ts': 'zod.gen.ts',
  '@tanstack/react-query.gen.ts': 'queries.gen.ts',
}
const INDEX = `// Written by \`npm run generate\`.
export * from './queries.gen'
export * from './sdk.gen'
export * from './types.gen'
export * from './zod.gen'
`

/** The part of the document that is one module's, its operation ids without the module's name in front. */
export function documentOf(document: OpenApi, module: string): OpenApi {
  const paths = Object.entries(document.paths).flatMap(([path, operations]) => {
    const own = Object.entries(operations).filter(([, operation]) => operation.tags?.[0] === module)
    const named = own.map(([method, operation]) => [
      method,
      { ...operation, operationId: ownName(operation, module) },
    ])
    return named.length > 0 ? [[path, Object.fromEntries(named)]] : []
  })
  const own = { ...document, paths: Object.fromEntries(paths) as OpenApi['paths'] }
  return shortened({
    ...own,
    components: { schemas: reachable(own.paths, document.components?.schemas ?? {}) },
  })
}

/**
 * Two modules may both have a `LineRead`; the document then says where each lies, `banksia__..._LineRead`. Within one
 * module's part the short name is enough, unless both are in it.
 */
function shortened(document: OpenApi): OpenApi {
  const names = Object.keys(document.components?.schemas ?? {})
  let text = JSON.stringify(document)
  for (const name of names.filter((each) => each.includes('__'))) {
    const short = name.slice(name.lastIndexOf('__') + 2)
    const clashes = names.some((other) => other !== name && (other === short || other.endsWith(`__${short}`)))
    if (!clashes)
      text = text.replaceAll(`"${name}"`, `"${short}"`).replaceAll(`schemas/${name}"`, `schemas/${short}"`)
  }
  return JSON.parse(text) as OpenApi
}

/** The schemas that these paths speak of, and those that these speak of in turn. */
function reachable(paths: OpenApi['paths'], schemas: Record<string, unknown>): Record<string, unknown> {
  const found = new Set<string>()
  const visit = (value: unknown) => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      if (!(name in schemas)) throw new Error(`The document has no schema “${name}”.`)
      if (found.has(name)) continue
      found.add(name)
      visit(schemas[name])
    }
  }
  visit(paths)
  return Object.fromEntries(Object.entries(schemas).filter(([name]) => found.has(name)))
}

function ownName(operation: Operation, module: string): string {
  const name = operation.operationId ?? ''
  if (!name.startsWith(`${module}_`))
    throw new Error(`Operation id “${name}” does not begin with “${module}_”.`)
  return name.slice(module.length + 1)
}

/**
 * Generated code that finds the shared client in the kit instead of in a copy of its own. Two modules may both have a
 * `getSettings`, so the module's name goes in front of the name in the cache.
 */
export function adapt(code: string, module: string): string {
  return code
    .replaceAll("createQueryKey('", `createQueryKey('${module}.`)
    .replaceAll(/from '\.\.?\/client(\.gen)?'/g, "from '@banksia/kit/client'")
    .replaceAll(/from '\.\.\//g, "from './")
}

async function generate(document: OpenApi, module: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'banksia-client-'))
  await createClient({
    input: { ...documentOf(document, module) },
    output: { path: folder, tsConfigPath: null },
    plugins: [
      { name: '@hey-api/client-fetch', baseUrl: false },
      '@hey-api/typescript',
      '@hey-api/sdk',
      '@tanstack/react-query',
      'zod',
    ],
    logs: { level: 'silent', file: false },
  })
  return folder
}

async function write(module: string, from: string, to: string): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await mkdir(to, { recursive: true })
  for (const [source, target] of Object.entries(FILES)) {
    await writeFile(join(to, target), adapt(await readFile(join(from, source), 'utf8'), module))
  }
  await writeFile(join(to, 'index.ts'), INDEX)
}

async function moduleFolders(root: string): Promise<[string, string][]> {
  const found: [string, string][] = []
  for (const kind of ['foundation', 'modules']) {
    const folder = join(root, 'banksia', kind)
    if (!existsSync(folder)) continue
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory()) found.push([entry.name, join(folder, entry.name)])
    }
  }
  return found.sort(([a], [b]) => a.localeCompare(b))
}

/** Write the clients of all modules under `root` that the document at `source` has operations of. */
export async function generateAll(root: string, source: string): Promise<void> {
  const document = JSON.parse(await readFile(source, 'utf8')) as OpenApi
  let shared = ''
  for (const [module, folder] of await moduleFolders(root)) {
    const target = join(folder, 'web', 'api')
    if (Object.keys(documentOf(document, module).paths).length === 0) {
      await rm(target, { recursive: true, force: true })
      continue
    }
    const generated = await generate(document, module)
    await write(module, generated, target)
    if (!shared) {
      shared = join(root, 'web', 'kit', 'api', 'generated')
      await rm(shared, { recursive: true, force: true })
      for (const part of ['client', 'core'])
        await cp(join(generated, part), join(shared, part), { recursive: true })
    }
    await rm(generated, { recursive: true, force: true })
  }
}

if (import.meta.main) {
  const root = resolve(import.meta.dirname, '../..')
  const source = process.argv[2] ?? join(root, 'docs', 'reference', 'openapi.json')
  if (!existsSync(source)) {
    console.error(`${source} does not exist. Write it first: make generate`)
    process.exit(1)
  }
  await generateAll(root, resolve(source))
}
