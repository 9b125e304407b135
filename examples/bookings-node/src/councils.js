// Which councils use this server, and the keys that each gave it. They stand in a file that only its owner reads.
//
// `node server.js connect --url https://council.example …` writes it; the running server sees the change by itself.
import fs from 'node:fs'
import path from 'node:path'

export class Councils {
  #file
  #seen = ''
  #all = []

  constructor(folder) {
    this.#file = path.join(folder, 'councils.json')
  }

  /** `{ url, client_id, client_secret, webhook_secrets }` each. */
  all() {
    const seen = stamp(this.#file)
    if (seen !== this.#seen) {
      this.#all = seen === '' ? [] : JSON.parse(fs.readFileSync(this.#file, 'utf8'))
      this.#seen = seen
    }
    return this.#all
  }

  /** The council at this address, or undefined. */
  at(url) {
    return this.all().find((council) => council.url === originOf(url))
  }

  /** Add a council or give one new keys; its last webhook secret still counts, for what is on its way. */
  connect({ url, client_id, client_secret, webhook_secret, audience = null }) {
    const origin = originOf(url)
    const before = this.at(origin)
    const secrets = [webhook_secret, ...(before?.webhook_secrets ?? []).slice(0, 1)]
    const made = { url: origin, client_id, client_secret, audience, webhook_secrets: [...new Set(secrets)] }
    const all = [...this.all().filter((council) => council.url !== origin), made]
    fs.mkdirSync(path.dirname(this.#file), { recursive: true, mode: 0o700 })
    const whole = `${this.#file}.new`
    fs.writeFileSync(whole, JSON.stringify(all, null, 2), { mode: 0o600, flush: true })
    fs.renameSync(whole, this.#file)
    return made
  }
}

export function originOf(url) {
  try {
    return new URL(url).origin
  } catch {
    return ''
  }
}

function stamp(file) {
  try {
    const { mtimeMs, size, ino } = fs.statSync(file)
    return `${mtimeMs} ${size} ${ino}`
  } catch {
    return ''
  }
}
