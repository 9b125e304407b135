// A small HTTP layer: routes with `{names}`, JSON bodies with a limit, problems as answers.
import { Problem } from './problem.js'

const MOST_BYTES = 65_536

/** Compiles `['GET /halls/{hall_id}', handler]` pairs. */
export function compile(routes) {
  return routes.map(([route, handle]) => {
    const [method, path] = route.split(' ')
    const names = []
    const parts = path.split('/').map((part) => {
      const name = /^\{(\w+)\}$/.exec(part)?.[1]
      if (!name) return part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
      names.push(name)
      return '([^/]+)'
    })
    return { method, pattern: new RegExp(`^${parts.join('/')}$`), names, handle }
  })
}

/** The route of a request and its parameters; throws a 404 or a 405. */
export function match(routes, method, path) {
  const here = routes.filter(({ pattern }) => pattern.test(path))
  const wanted = method === 'HEAD' ? 'GET' : method
  const route = here.find((each) => each.method === wanted)
  if (route) {
    const [, ...values] = route.pattern.exec(path)
    const decoded = values.map(decode)
    return {
      handle: route.handle,
      parameters: Object.fromEntries(route.names.map((name, index) => [name, decoded[index]])),
    }
  }
  if (here.length === 0) throw new Problem(404, 'not-found', 'Not found', 'There is nothing at this address.')
  const allowed = here.map((each) => each.method).join(', ')
  throw new Problem(405, 'method-not-allowed', 'Method not allowed', `This address takes ${allowed}.`, {
    headers: { Allow: allowed },
  })
}

function decode(text) {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new Problem(404, 'not-found', 'Not found', 'There is nothing at this address.')
  }
}

/** The body of a request as bytes. */
export async function bytesOf(request) {
  const chunks = []
  let size = 0
  for await (const chunk of request) {
    size += chunk.length
    if (size > MOST_BYTES)
      throw new Problem(413, 'too-large', 'Too much was sent', `Send at most ${MOST_BYTES} bytes.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** The body as a JSON object. */
export async function jsonOf(request) {
  const bytes = await bytesOf(request)
  if (bytes.length === 0) return {}
  try {
    const parsed = JSON.parse(bytes.toString('utf8'))
    if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed
  } catch {
    // Told below.
  }
  throw new Problem(422, 'invalid', 'The body cannot be read', 'Send one JSON object.')
}

export function answer(response, status, body, headers = {}) {
  const text = body === undefined ? '' : JSON.stringify(body)
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    'Content-Length': Buffer.byteLength(text),
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(text)
}

export function answerProblem(response, error, log) {
  let problem = error
  if (!(error instanceof Problem)) {
    log(error.stack ?? String(error))
    problem = new Problem(
      500,
      'broken',
      'Something went wrong',
      'Nothing was changed. Try again, then tell the council.',
    )
  } else if (error.body.cause) log(`${error.message} ${error.body.cause}`)
  const { cause: _unsaid, ...body } = problem.body
  answer(response, problem.status, body, { ...problem.headers, 'Content-Type': 'application/problem+json' })
}
