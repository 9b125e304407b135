// Who asks: the gateway's token, checked against the council's public keys. What cannot be proven is nobody.
import { createPublicKey, verify } from 'node:crypto'
import { call } from './calling.js'
import { Problem } from './problem.js'

const MODULE = 'bookings'
const LONGEST_S = 60
const LEEWAY_S = 5
const KEYS_FOR_MS = 5 * 60_000
/** A key that is not known is asked for, but not more often than this: a forged token must not make us ask and ask. */
const ASK_AGAIN_MS = 5_000

export class Identity {
  #councils
  #now
  #keys = new Map()

  constructor(councils, { now = () => Date.now() } = {}) {
    this.#councils = councils
    this.#now = now
  }

  /** The council and the person of a request: `{ council, id, name, kind, permissions, token }`; throws a 401. */
  async of(authorization) {
    const token = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization ?? '')?.[1]
    if (!token) throw unproven('The request has no token of the gateway.')
    const [head, payload, signature] = token.split('.')
    const { alg, kid } = parse(head)
    const claims = parse(payload)
    // Only this algorithm: what a token says of itself decides nothing.
    if (alg !== 'EdDSA') throw unproven('The token is not signed with EdDSA.')
    const council = this.#councils.at(claims.iss)
    if (!council) throw unproven('The token is of a council that is not connected.')
    const key = await this.#keyOf(council, kid)
    const signed = verify(null, Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, 'base64url'))
    if (!signed) throw unproven('The signature of the token is not the council’s.')
    this.#checkClaims(claims, council)
    return {
      council,
      id: String(claims.sub ?? ''),
      name: typeof claims.name === 'string' && claims.name !== '' ? claims.name : 'Somebody',
      kind: claims.kind,
      permissions: Array.isArray(claims.permissions) ? claims.permissions : [],
      token,
    }
  }

  #checkClaims({ aud, exp, iat, nbf }, council) {
    const now = this.#now() / 1000
    const meant = Array.isArray(aud) ? aud : [aud]
    if (!meant.some((each) => isOurs(each, council.audience)))
      throw unproven('The token is meant for another module.')
    if (!Number.isFinite(exp) || !Number.isFinite(iat) || exp - iat > LONGEST_S)
      throw unproven('The token lasts longer than a minute.')
    if (exp + LEEWAY_S < now) throw unproven('The token has expired.')
    if (iat - LEEWAY_S > now || (nbf !== undefined && nbf - LEEWAY_S > now))
      throw unproven('The token is not valid yet.')
  }

  async #keyOf(council, kid) {
    let known = this.#keys.get(council.url)
    const age = known ? this.#now() - known.at : Infinity
    if (age > KEYS_FOR_MS || (!known.byId.has(kid) && age > ASK_AGAIN_MS)) {
      known = { at: this.#now(), byId: await keysOf(council) }
      this.#keys.set(council.url, known)
    }
    const key = known.byId.get(kid)
    if (!key) throw unproven('The token is signed with a key that the council does not have.')
    return key
  }
}

/** `banksia:module:bookings:CONNECTION`; the connection is checked too where it is known. */
function isOurs(audience, known) {
  if (typeof audience !== 'string') return false
  return known ? audience === known : new RegExp(`^banksia:module:${MODULE}:[0-9a-f-]+$`).test(audience)
}

async function keysOf(council) {
  const url = `${council.url}/.well-known/banksia/jwks.json`
  try {
    const { status, body } = await call(url, { seconds: 5 })
    if (status !== 200) throw new Error(`it answered ${status}`)
    const usable = JSON.parse(body).keys.filter((key) => key.kty === 'OKP' && key.crv === 'Ed25519')
    return new Map(usable.map((key) => [key.kid, createPublicKey({ key, format: 'jwk' })]))
  } catch (error) {
    throw new Problem(
      503,
      'keys-unavailable',
      'Hall bookings cannot check who asks',
      `The keys of ${council.url} could not be read. Try again in a minute.`,
      { headers: { 'Retry-After': '5' }, more: { cause: error.message } },
    )
  }
}

function parse(part) {
  try {
    const parsed = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
    if (parsed !== null && typeof parsed === 'object') return parsed
  } catch {
    // Told below.
  }
  throw unproven('The token cannot be read.')
}

const unproven = (why) =>
  new Problem(401, 'not-proven', 'It is not proven who asks', `${why} Ask through the council’s website.`, {
    headers: { 'WWW-Authenticate': 'Bearer' },
  })
