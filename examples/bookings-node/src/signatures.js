// Standard Webhooks: what comes as an event was signed by the council with a secret that only we share.
import { createHmac, timingSafeEqual } from 'node:crypto'

const TOLERANCE_S = 300

/** Whether a delivery is signed with one of these secrets, lately. */
export function isSigned(headers, body, secrets, now = Date.now()) {
  const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
  if (!id || !/^\d+$/.test(timestamp ?? '') || !signatures) return false
  if (Math.abs(now / 1000 - Number(timestamp)) > TOLERANCE_S) return false
  const given = signatures
    .split(' ')
    .filter((each) => each.startsWith('v1,'))
    .map((each) => Buffer.from(each.slice(3), 'base64'))
  return secrets.some((secret) => {
    const wanted = sign(secret, id, timestamp, body)
    return given.some((each) => each.length === wanted.length && timingSafeEqual(each, wanted))
  })
}

export function sign(secret, id, timestamp, body) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest()
}
