// Hall bookings: `node server.js` serves them, `node server.js connect …` takes the keys that a council gave.
import { parseArgs } from 'node:util'
import { createApp } from './src/app.js'
import { Councils, originOf } from './src/councils.js'
import { holdFolder } from './src/journal.js'

const folder = process.env.BOOKINGS_DATA ?? 'data'
const host = process.env.BOOKINGS_HOST ?? '127.0.0.1'
const port = Number(process.env.BOOKINGS_PORT ?? 4100)

if (process.argv[2] === 'connect') connect(process.argv.slice(3))
else serve()

function serve() {
  const letGo = held()
  const { server, deps, close } = createApp({ folder })
  server.on('error', (error) => {
    console.error(`Hall bookings cannot listen at ${host}:${port}: ${error.message}`)
    letGo()
    process.exit(1)
  })
  server.listen(port, host, () => {
    console.log(`Hall bookings are at http://${host}:${server.address().port}, their data in ${folder}.`)
    deps.work.start()
  })
  for (const signal of ['SIGTERM', 'SIGINT'])
    process.once(signal, async () => {
      await close()
      letGo()
      process.exit(0)
    })
}

function held() {
  try {
    return holdFolder(folder)
  } catch (error) {
    console.error(error.message)
    return process.exit(1)
  }
}

function connect(args) {
  const options = { url: { type: 'string' }, 'client-id': { type: 'string' }, audience: { type: 'string' } }
  const { values } = parseArgs({ args, options })
  // Secrets come from the environment: arguments are seen by everybody on the machine.
  const { BOOKINGS_CLIENT_SECRET: secret, BOOKINGS_WEBHOOK_SECRET: webhook } = process.env
  if (!originOf(values.url ?? '') || !values['client-id'] || !secret || !webhook) {
    console.error(
      'Use: BOOKINGS_CLIENT_SECRET=… BOOKINGS_WEBHOOK_SECRET=… node server.js connect --url https://council.example --client-id …',
    )
    process.exit(2)
  }
  const made = new Councils(folder).connect({
    url: values.url,
    client_id: values['client-id'],
    client_secret: secret,
    webhook_secret: webhook,
    audience: values.audience ?? null,
  })
  console.log(`Connected with ${made.url}.`)
}
