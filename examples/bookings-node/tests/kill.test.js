// `kill -9` while bookings come in: whatever was answered is there afterwards, and no time is given twice.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { Councils } from '../src/councils.js'
import { asker, AUDIENCE, Council, dayIn, HALL, MANAGER, until, wish } from './council.js'

const SERVER = fileURLToPath(new URL('../server.js', import.meta.url))
const STAFF = { kind: 'staff', permissions: MANAGER }

function start(folder, port) {
  const env = { ...process.env, BOOKINGS_DATA: folder, BOOKINGS_PORT: String(port) }
  return spawn(process.execPath, [SERVER], { env, stdio: 'ignore' })
}
const isUp = (base) =>
  fetch(`${base}/health`).then(
    ({ ok }) => ok,
    () => false,
  )

test('nothing that was answered is lost, nothing is doubled', { timeout: 60_000 }, async () => {
  const council = await new Council().start()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'killed-'))
  new Councils(folder).connect({
    url: council.url,
    client_id: 'client',
    client_secret: 'secret',
    webhook_secret: council.secret,
    audience: AUDIENCE,
  })
  const port = await freePort()
  const base = `http://127.0.0.1:${port}/bookings`
  const ask = asker(base, council)
  let server = start(folder, port)
  try {
    await until(() => isUp(base), 'it is up')
    const hall = (await ask(STAFF, 'POST /staff/halls', HALL)).body
    const answered = new Map()
    for (let round = 0; round < 5; round += 1) {
      const asked = Array.from({ length: 14 }, (_, hour) => {
        const time = (hours) => `${String(hours).padStart(2, '0')}:00`
        const body = wish(hall, { day: dayIn(10 + round), from: time(8 + hour), to: time(9 + hour) })
        return ask({ sub: `p${hour}` }, 'POST /bookings', body, `${round}-${hour}`).then(
          ({ status, body: made }) => status === 201 && answered.set(made.id, made.number),
          () => undefined,
        )
      })
      // In the middle: some are answered, others not yet.
      const before = answered.size
      await until(() => answered.size > before + round * 2, 'some are answered')
      const gone = once(server, 'exit')
      server.kill('SIGKILL')
      await Promise.all([gone, ...asked])
      server = start(folder, port)
      await until(() => isUp(base), 'it is up again')
    }
    const { body } = await ask(STAFF, `GET /staff/bookings?from=${dayIn(0)}&to=${dayIn(40)}`)
    const there = new Map(body.bookings.map(({ id, number }) => [id, number]))
    for (const [id, number] of answered) assert.equal(there.get(id), number)
    assert.equal(new Set(there.values()).size, there.size)
    const times = body.bookings.map(({ day, from }) => `${day} ${from}`)
    assert.equal(new Set(times).size, times.length)
    // Whoever got no answer asks again with the same key: one booking each, none twice.
    for (let round = 0; round < 5; round += 1)
      for (let hour = 0; hour < 14; hour += 1) {
        const time = (hours) => `${String(hours).padStart(2, '0')}:00`
        const again = wish(hall, { day: dayIn(10 + round), from: time(8 + hour), to: time(9 + hour) })
        assert.equal(
          (await ask({ sub: `p${hour}` }, 'POST /bookings', again, `${round}-${hour}`)).status,
          201,
        )
      }
    await until(() => council.events.size === 70, 'each is told once')
  } finally {
    server.kill('SIGKILL')
    await council.close()
  }
})

async function freePort() {
  const { createServer } = await import('node:net')
  const probe = createServer()
  await new Promise((done) => probe.listen(0, '127.0.0.1', done))
  const { port } = probe.address()
  await new Promise((done) => probe.close(done))
  return port
}
