// The parts put together: a server, and the work that goes on beside it.
import fs from 'node:fs'
import http from 'node:http'
import { fileURLToPath } from 'node:url'
import { Banksia } from './banksia.js'
import { Councils } from './councils.js'
import { answerProblem, match } from './http.js'
import { Identity } from './identity.js'
import { readPages, sendPage } from './pages.js'
import { ROUTES, run } from './routes.js'
import { Store } from './store.js'
import { Work } from './work.js'

const here = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

/** `{ server, deps, close }`; `log` is told what an operator wants to know. */
export function createApp({ folder, log = console.error, now = () => new Date() }) {
  const manifest = JSON.parse(fs.readFileSync(here('manifest.json'), 'utf8'))
  const files = readPages(here('pages'))
  const councils = new Councils(folder)
  const store = new Store(folder, now)
  const banksia = new Banksia()
  const identity = new Identity(councils, { now: () => now().getTime() })
  const work = new Work({ store, councils, banksia, log })
  const deps = { manifest, councils, store, banksia, identity, work, log }
  const server = http.createServer((request, response) => {
    serve({ request, response, files, deps }).catch((error) => {
      if (response.headersSent) response.destroy()
      else answerProblem(response, error, log)
    })
  })
  server.requestTimeout = 20_000
  const close = async () => {
    server.close()
    server.closeAllConnections()
    await work.stop()
    store.close()
  }
  return { server, deps, close }
}

async function serve({ request, response, files, deps }) {
  const url = new URL(request.url, 'http://bookings')
  const page = /^\/bookings\/pages\/([\w.-]+)$/.exec(url.pathname)?.[1]
  if (page) return sendPage(request, response, files, page)
  const { handle, parameters } = match(ROUTES, request.method, url.pathname)
  await run(response, handle, { request, url, parameters, deps })
}
