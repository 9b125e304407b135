// What we ask of the council's Banksia: money, mail, reminders, events, settings. Only this file knows its addresses.
import { call } from './calling.js'
import { Problem } from './problem.js'
import { DEFAULTS } from './rules.js'

const EARLY_MS = 30_000

/** Banksia refused, for good: asking again would change nothing. */
export class Refused extends Error {
  constructor(status, detail) {
    super(`${status}: ${detail}`)
    this.status = status
  }
}

export class Banksia {
  #tokens = new Map()
  #settings = new Map()

  /** Raise what is owed for a booking; the same booking is the same payment. Answers `{ id, payer_url, staff_url, … }`. */
  raise(council, booking, { line, gl_code: code }) {
    return this.#ask(council, 'POST', '/api/connections/payments', {
      key: `booking-${booking.id}`,
      body: {
        kind: 'bookings.booking',
        id: booking.id,
        title: `Hire of ${booking.hall_name}`.slice(0, 200),
        reference: booking.number,
        lines: [
          { description: line, amount_cents: booking.fee_cents, gst_treatment: 'taxable', gl_code: code },
        ],
        return_path: `/bookings/customer/bookings/${booking.id}`,
        staff_path: `/bookings/staff/bookings/${booking.id}`,
        payer: { name: booking.contact_name, email: booking.contact_email },
      },
    })
  }

  /** How it stands: `{ total_cents, paid_cents, refunded_cents, refundable_cents, paid_at_counter, … }`. */
  payment(council, id) {
    return this.#ask(council, 'GET', `/api/connections/payments/${id}`)
  }

  /** Give money back; `seen` is what could be given back when we looked, so that a repeat does nothing. */
  refund(council, id, { cents, reason, seen }) {
    const body = { reason, seen_refundable_cents: seen, amount_cents: cents }
    return this.#ask(council, 'POST', `/api/connections/payments/${id}/refund`, { body })
  }

  /** Nobody shall pay it any more. */
  cancel(council, id, reason) {
    return this.#ask(council, 'POST', `/api/connections/payments/${id}/cancel`, { body: { reason } })
  }

  notice(council, { email, subject, text, link, key }) {
    return this.#ask(council, 'POST', '/api/connections/notices', {
      key,
      body: { email, subject, text, link },
    })
  }

  remind(council, { at, data, key }) {
    return this.#ask(council, 'POST', '/api/connections/reminders', { key, body: { due_at: at, data } })
  }

  emit(council, { name, payload, key }) {
    return this.#ask(council, 'POST', '/api/connections/events', { key, body: { type: name, data: payload } })
  }

  /** The council's settings of this module, read again after a minute; the last known ones while it cannot be reached. */
  async settings(council, now = Date.now()) {
    const known = this.#settings.get(council.client_id)
    if (known && now - known.at < 60_000) return known.values
    try {
      const { settings: decided } = await this.#ask(council, 'GET', '/api/connections/self')
      const settings = { ...DEFAULTS, ...decided }
      this.#settings.set(council.client_id, { at: now, values: settings })
      return settings
    } catch (error) {
      if (known) return known.values
      throw error
    }
  }

  async #ask(council, method, path, { body, key } = {}) {
    const answer = await this.#send(council, method, path, { body, key, token: await this.#token(council) })
    if (answer.status !== 401) return read(answer)
    // The token was taken back before its time: once with a new one.
    this.#tokens.delete(council.client_id)
    return read(await this.#send(council, method, path, { body, key, token: await this.#token(council) }))
  }

  async #send(council, method, path, { body, key, token }) {
    const headers = { Authorization: `Bearer ${token}`, Accept: 'application/json' }
    if (body !== undefined) headers['Content-Type'] = 'application/json'
    if (key) headers['Idempotency-Key'] = key
    try {
      const sent = body === undefined ? undefined : JSON.stringify(body)
      return await call(council.url + path, { method, headers, body: sent })
    } catch (error) {
      throw away(error)
    }
  }

  async #token(council) {
    const known = this.#tokens.get(council.client_id)
    if (known && known.until > Date.now()) return known.token
    const basic = Buffer.from(`${council.client_id}:${council.client_secret}`).toString('base64')
    let answer
    try {
      answer = await call(`${council.url}/api/connections/token`, {
        method: 'POST',
        headers: { Authorization: `Basic ${basic}`, 'Content-Type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams({ grant_type: 'client_credentials' }).toString(),
      })
    } catch (error) {
      throw away(error)
    }
    const { access_token: token, expires_in: seconds } = read(answer)
    this.#tokens.set(council.client_id, { token, until: Date.now() + seconds * 1000 - EARLY_MS })
    return token
  }
}

function read({ status, body }) {
  let answer = {}
  try {
    answer = JSON.parse(body || '{}')
  } catch {
    if (status < 300) throw away(new Error('the answer is no JSON'))
  }
  if (status < 300) return answer
  const detail = answer.detail ?? answer.error_description ?? 'no reason was given'
  if (status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status))
    throw new Refused(status, detail)
  throw away(new Error(`${status}: ${detail}`))
}

function away(error) {
  return new Problem(
    503,
    'council-unavailable',
    'The council’s website does not answer',
    'Nothing is lost. Try again in a minute.',
    { headers: { 'Retry-After': '10' }, more: { cause: error.message } },
  )
}
