import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { after, before, test } from 'node:test'
import { connected, MANAGER } from './council.js'

let here
before(async () => (here = await connected()))
after(() => here.close())

const halls = (person) => here.ask(person, 'GET /halls')
const soon = () => Math.floor(Date.now() / 1000)

test('who is proven is let in', async () => {
  assert.equal((await halls({})).status, 200)
  assert.equal((await halls({ kind: 'guest', sub: 'guest' })).status, 200)
})

test('what is not proven is refused', async () => {
  const { council, base } = here
  const forged = generateKeyPairSync('ed25519').privateKey
  const [head, payload, signature] = council.token().split('.')
  const raised = Buffer.from(
    JSON.stringify({ ...JSON.parse(Buffer.from(payload, 'base64url')), permissions: MANAGER }),
  ).toString('base64url')
  const none = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url')
  const tokens = {
    'another key': council.token({ key: forged }),
    'an unknown key': council.token({ header: { kid: 'k9' } }),
    'another algorithm': council.token({ header: { alg: 'HS256' } }),
    'no signature': `${none}.${payload}.AA`,
    'changed claims': `${head}.${raised}.${signature}`,
    expired: council.token({ iat: soon() - 120, exp: soon() - 60 }),
    'not yet': council.token({ iat: soon() + 60, exp: soon() + 100 }),
    'an hour': council.token({ exp: soon() + 3600 }),
    'another module': council.token({ aud: 'banksia:module:trees:1' }),
    'another connection': council.token({
      aud: 'banksia:module:bookings:0190a0a0-0000-7000-8000-00000000000f',
    }),
    'another council': council.token({ iss: 'http://127.0.0.1:1' }),
    nonsense: 'a.b.c',
  }
  for (const [name, token] of Object.entries(tokens)) {
    const { status, body } = await halls(token)
    assert.equal(status, 401, name)
    assert.equal(body.type, 'urn:banksia:bookings:not-proven', name)
  }
  const bare = await fetch(`${base}/api/halls`, { headers: { cookie: 'banksia_session=x' } })
  assert.equal(bare.status, 401)
  assert.match(bare.headers.get('content-type'), /problem\+json/)
})

test('rights are checked here too', async () => {
  for (const [route, permissions] of [
    ['GET /staff/bookings', []],
    ['GET /staff/halls', ['bookings.bookings.manage']],
    ['POST /staff/bookings', ['bookings.halls.manage']],
  ])
    assert.equal(
      (await here.ask({ kind: 'staff', permissions }, route, route.startsWith('POST') ? {} : undefined))
        .status,
      403,
      route,
    )
  assert.equal((await here.ask({ kind: 'guest', sub: 'guest' }, 'GET /bookings')).status, 401)
})

test('the manifest and the health need no identity', async () => {
  const manifest = await (await fetch(`${here.base}/.well-known/banksia/meta.json`)).json()
  assert.equal(manifest.id, 'bookings')
  assert.equal((await (await fetch(`${here.base}/health`)).json()).status, 'ok')
  assert.equal(
    (await fetch(`${here.base}/pages/page.js`)).headers.get('content-type'),
    'text/javascript; charset=utf-8',
  )
  for (const file of ['..%2Fserver.js', 'none.js', '%2e%2e/server.js'])
    assert.equal((await fetch(`${here.base}/pages/${file}`)).status, 404, file)
})

test('every declared route is here, and no other', async () => {
  const manifest = await (await fetch(`${here.base}/.well-known/banksia/meta.json`)).json()
  for (const { path, methods } of manifest.routes)
    for (const method of methods) {
      const address = `${here.base}/api${path.replaceAll(/\{\w+\}/g, 'x')}`
      assert.equal((await fetch(address, { method })).status, 401, `${method} ${path}`)
    }
  assert.equal((await fetch(`${here.base}/api/secret`)).status, 404)
  assert.equal((await fetch(`${here.base}/api/halls`, { method: 'DELETE' })).status, 405)
})
