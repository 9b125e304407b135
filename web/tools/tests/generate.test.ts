// @vitest-environment node
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { adapt, documentOf, generateAll, type OpenApi } from '../generate'

const ok = (schema: object) => ({ 200: { description: 'ok', content: { 'application/json': { schema } } } })
const order = { $ref: '#/components/schemas/OrderRead' }
const document = {
  openapi: '3.1.0',
  info: { title: 'Banksia', version: '1' },
  paths: {
    '/api/certificates/orders': {
      post: {
        tags: ['certificates'],
        operationId: 'certificates_place_order',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/OrderCreate' } } },
        },
        responses: ok(order),
      },
      get: {
        tags: ['certificates'],
        operationId: 'certificates_list_orders',
        responses: ok({ type: 'array', items: order }),
      },
    },
    '/api/property/search': {
      get: {
        tags: ['property'],
        operationId: 'property_search_properties',
        responses: ok({ type: 'string' }),
      },
    },
    '/api/modules': {
      get: { tags: ['modules'], operationId: 'list_enabled_modules', responses: ok({ type: 'string' }) },
    },
  },
  components: {
    schemas: {
      OrderCreate: {
        type: 'object',
        required: ['reference'],
        properties: { reference: { type: 'string', maxLength: 60 } },
      },
      OrderRead: {
        type: 'object',
        required: ['money'],
        properties: { money: { $ref: '#/components/schemas/Money' } },
      },
      Money: { type: 'string', enum: ['paid', 'unpaid'] },
      Unused: { type: 'string' },
    },
  },
} as OpenApi

let root = ''
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'banksia-generate-'))
  for (const folder of [
    'modules/certificates',
    'modules/property',
    'modules/files/web/api',
    'foundation/audit',
  ]) {
    await mkdir(join(root, 'banksia', folder), { recursive: true })
  }
  await writeFile(join(root, 'openapi.json'), JSON.stringify(document))
  await generateAll(root, join(root, 'openapi.json'))
}, 60_000)
afterAll(() => rm(root, { recursive: true }))

const read = (path: string) => readFile(join(root, 'banksia/modules', path), 'utf8')

test('a module has its own operations under their own names', async () => {
  expect(await readdir(join(root, 'banksia/modules/certificates/web/api'))).toEqual([
    'index.ts',
    'queries.gen.ts',
    'sdk.gen.ts',
    'types.gen.ts',
    'zod.gen.ts',
  ])
  const sdk = await read('certificates/web/api/sdk.gen.ts')
  expect(sdk).toContain('export const placeOrder =')
  expect(sdk).not.toContain('searchProperties')
  expect(await read('certificates/web/api/zod.gen.ts')).toContain('zOrderCreate')
  expect(await read('property/web/api/sdk.gen.ts')).toContain('export const searchProperties =')
})

test('all use the one client, and no two share a place in the cache', async () => {
  const queries = await read('certificates/web/api/queries.gen.ts')
  expect(queries).toContain("from '@banksia/kit/client'")
  expect(queries).toContain("createQueryKey('certificates.listOrders'")
  expect(await readdir(join(root, 'web/kit/api/generated'))).toEqual(['client', 'core'])
})

test('a module without operations keeps no client', async () => {
  await expect(readdir(join(root, 'banksia/modules/files/web/api'))).rejects.toThrow('ENOENT')
  await expect(readdir(join(root, 'banksia/foundation/audit/web'))).rejects.toThrow('ENOENT')
})

test('only the schemas that are spoken of go with a module', () => {
  expect(Object.keys(documentOf(document, 'certificates').components?.schemas ?? {})).toEqual([
    'OrderCreate',
    'OrderRead',
    'Money',
  ])
})

test('a schema that is missing, and an operation of another name, are refused', () => {
  const missing = { ...document, components: { schemas: {} } }
  expect(() => documentOf(missing, 'certificates')).toThrow('no schema “OrderCreate”')
  expect(() => documentOf(document, 'modules')).toThrow('does not begin with “modules_”')
})

test('imports of the generated client lead to the kit', () => {
  expect(
    adapt(
      "import { client } from './client.gen'\nimport type { A } from '../client'\nimport { b } from '../sdk.gen'",
      'x',
    ),
  ).toBe(
    "import { client } from '@banksia/kit/client'\nimport type { A } from '@banksia/kit/client'\nimport { b } from './sdk.gen'",
  )
})
