// One HTTP call, with a time limit and a limit to what is read. Names below .localhost are this machine.
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'

const MOST_BYTES = 1_000_000

/** Answers `{ status, headers, body }`, the body as text; rejects when there is no whole answer in time. */
export function call(url, { method = 'GET', headers = {}, body, seconds = 10 } = {}) {
  const { protocol } = new URL(url)
  const client = protocol === 'https:' ? https : http
  return new Promise((resolve, reject) => {
    const request = client.request(
      url,
      {
        method,
        lookup,
        headers: body === undefined ? headers : { ...headers, 'Content-Length': Buffer.byteLength(body) },
        signal: AbortSignal.timeout(seconds * 1000),
      },
      (response) => {
        const chunks = []
        let size = 0
        response.on('data', (chunk) => {
          size += chunk.length
          if (size > MOST_BYTES) request.destroy(new Error(`${url} answered more than ${MOST_BYTES} bytes`))
          chunks.push(chunk)
        })
        response.on('end', () =>
          resolve({
            status: response.statusCode,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        )
        response.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end(body)
  })
}

function lookup(host, options, callback) {
  if (!/(^|\.)localhost$/.test(host)) return dns.lookup(host, options, callback)
  return options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4)
}
