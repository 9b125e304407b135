// A council for tests: keys, tokens, money and mail that behave, and an app that is connected with it.
import { generateKeyPairSync, randomBytes, randomUUID, sign as signWith } from 'node:crypto'
import fs from 'node:fs'
import http from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { createApp } from '../src/app.js'
import { sign } from '../src/signatures.js'

export const AUDIENCE = `banksia:module:bookings:${randomUUID()}`
export const MANAGER = ['bookings.bookings.manage', 'bookings.halls.manage']
const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url')

export class Council {
  keys = generateKeyPairSync('ed25519')
  secret = `whsec_${randomBytes(24).toString('base64')}`
  payments = new Map()
  notices = new Map()
  reminders = new Map()
  events = new Map()
  settings = {}
  refunds = []
  asked = []
  /** While this is set, what is asked is answered with it. */
  failing = null

  async start() {
    this.server = http.createServer((request, response) => void this.#answer(request, response))
    await new Promise((done) => this.server.listen(0, '127.0.0.1', done))
    this.url = `http://127.0.0.1:${this.server.address().port}`
    return this
  }

  close() {
    this.server.closeAllConnections()
    return new Promise((done) => this.server.close(done))
  }

  /** A token as the gateway makes them; `changes` go over its claims, `header` over its head. */
  token({
    sub = randomUUID(),
    name = 'Robin Hall',
    kind = 'customer',
    permissions = [],
    header = {},
    key,
    ...changes
  } = {}) {
    const now = Math.floor(Date.now() / 1000)
    const claims = {
      iss: this.url,
      aud: AUDIENCE,
      sub,
      name,
      kind,
      permissions,
      iat: now,
      exp: now + 60,
      jti: randomUUID(),
      ...changes,
    }
    const signed = `${encode({ alg: 'EdDSA', kid: 'k1', ...header })}.${encode(claims)}`
    return `${signed}.${signWith(null, Buffer.from(signed), key ?? this.keys.privateKey).toString('base64url')}`
  }

  /** An event as it is delivered. */
  event(type, data, { id = randomUUID(), at = Date.now(), secret = this.secret } = {}) {
    const body = JSON.stringify({ type, timestamp: new Date(at).toISOString(), data })
    const timestamp = String(Math.floor(at / 1000))
    const signature = `v1,${sign(secret, id, timestamp, Buffer.from(body)).toString('base64')}`
    return {
      body,
      headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signature },
    }
  }

  /** Somebody pays what a booking costs. */
  pay(id, { counter = false } = {}) {
    const payment = this.payments.get(id)
    if (payment.state !== 'awaiting_payment') return false
    Object.assign(payment, {
      state: 'paid',
      paid_cents: payment.total_cents,
      refundable_cents: payment.total_cents,
      paid_at_counter: counter,
    })
    return true
  }

  async #answer(request, response) {
    const chunks = []
    for await (const chunk of request) chunks.push(chunk)
    const text = Buffer.concat(chunks).toString()
    const url = new URL(request.url, this.url)
    const [status, body] = this.#route(`${request.method} ${url.pathname}`, text, request.headers)
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
  }

  #route(route, text, headers) {
    if (route === 'GET /.well-known/banksia/jwks.json')
      return [
        200,
        { keys: [{ ...this.keys.publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'EdDSA', use: 'sig' }] },
      ]
    if (route === 'POST /api/connections/token') {
      const [id, secret] = Buffer.from(headers.authorization.slice(6), 'base64').toString().split(':')
      return id === 'client' && secret === 'secret'
        ? [200, { access_token: 'bkm_1', expires_in: 300 }]
        : [401, {}]
    }
    if (headers.authorization !== 'Bearer bkm_1') return [401, { detail: 'no token' }]
    if (this.failing) return [this.failing, { detail: 'Not now.' }]
    this.asked.push(route)
    const sent = text ? JSON.parse(text) : {}
    const key = headers['idempotency-key']
    if (route === 'GET /api/connections/self') return [200, { settings: this.settings }]
    if (route === 'POST /api/connections/payments') return this.#raise(sent)
    if (route === 'POST /api/connections/notices') return this.#once(this.notices, key, sent)
    if (route === 'POST /api/connections/reminders') return this.#once(this.reminders, key, sent)
    if (route === 'POST /api/connections/events') return this.#once(this.events, key, sent)
    const [, id, act] = /^\w+ \/api\/connections\/payments\/([\w-]+)\/?(\w*)$/.exec(route)
    const payment = this.payments.get(id)
    if (!payment) return [404, { detail: 'No such payment.' }]
    if (act === 'refund') return this.#refund(payment, sent)
    if (act === 'cancel') {
      if (payment.state !== 'awaiting_payment') return [409, { detail: 'It is paid.' }]
      payment.state = 'cancelled'
    }
    return [200, payment]
  }

  #once(kept, key, sent) {
    if (!key) return [422, { detail: 'No key.' }]
    if (!kept.has(key)) kept.set(key, sent)
    return [201, { id: key }]
  }

  #raise(sent) {
    const total = sent.lines.reduce((sum, line) => sum + line.amount_cents, 0)
    if (!this.payments.has(sent.id))
      this.payments.set(sent.id, {
        id: sent.id,
        state: 'awaiting_payment',
        total_cents: total,
        paid_cents: 0,
        refunded_cents: 0,
        refundable_cents: 0,
        paid_at_counter: false,
        payer_url: `${this.url}/payments/customer/pay/${sent.id}?back=${encodeURIComponent(sent.return_path)}`,
        staff_url: `${this.url}/payments/staff/payables/${sent.id}`,
      })
    return [201, this.payments.get(sent.id)]
  }

  #refund(payment, { amount_cents: cents, seen_refundable_cents: seen }) {
    if (seen !== payment.refundable_cents) return [409, { detail: 'It has changed.' }]
    if (cents > payment.refundable_cents) return [409, { detail: 'Too much.' }]
    this.refunds.push(cents)
    payment.refundable_cents -= cents
    payment.refunded_cents += cents
    payment.state = payment.refundable_cents === 0 ? 'refunded' : 'part_refunded'
    return [200, payment]
  }
}

/** A council with an app that is connected with it, in a folder of its own; `close` after the test. */
export async function connected({ now } = {}) {
  const council = await new Council().start()
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'bookings-'))
  const log = []
  const open = () => createApp({ folder, log: (line) => log.push(line), ...(now ? { now } : {}) })
  const app = open()
  app.deps.councils.connect({
    url: council.url,
    client_id: 'client',
    client_secret: 'secret',
    webhook_secret: council.secret,
    audience: AUDIENCE,
  })
  await new Promise((done) => app.server.listen(0, '127.0.0.1', done))
  const base = `http://127.0.0.1:${app.server.address().port}/bookings`
  const close = async () => {
    await app.close()
    await council.close()
    fs.rmSync(folder, { recursive: true })
  }
  return { council, app, base, folder, log, close, ask: asker(base, council) }
}

/** `ask(person, 'POST /halls', body, key)` answers `{ status, body }`. */
export function asker(base, council) {
  return async (person, route, body, key) => {
    const [method, at] = route.split(' ')
    const token = typeof person === 'string' ? person : council.token(person)
    const headers = { Authorization: `Bearer ${token}`, ...(key ? { 'Idempotency-Key': key } : {}) }
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await fetch(`${base}/api${at}`, { method, headers, ...sent })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : null }
  }
}

export const HALL = {
  name: 'Memorial Hall',
  description: 'Timber floor and a stage.',
  facilities: 'Kitchen, 120 chairs',
  property_id: '0190a0a0-0000-7000-8000-000000000001',
  address: '1 MAIN STREET LITHGOW',
  capacity: 120,
  opens: '08:00',
  closes: '22:00',
  least_minutes: 60,
  hourly_cents: 4500,
  community_hourly_cents: 2000,
  daily_cents: 30000,
  is_let: true,
}

/** A day so many days from today. */
export const dayIn = (days) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

export const wish = (hall, changes = {}) => ({
  hall_id: hall.id,
  day: dayIn(30),
  from: '10:00',
  to: '12:00',
  community: false,
  purpose: 'Dance class',
  people: 20,
  contact_name: 'Robin Hall',
  contact_email: 'robin@example.org',
  contact_phone: '',
  ...changes,
})

export async function until(holds, what) {
  const deadline = Date.now() + 10_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${what}: not within 10 seconds`)
    await new Promise((next) => setTimeout(next, 20))
  }
}
