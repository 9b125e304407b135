// The files of the pages, read once: a name that is not among them does not exist.
import fs from 'node:fs'
import path from 'node:path'
import { createHash } from 'node:crypto'
import { Problem } from './problem.js'

const TYPES = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
}

export function readPages(folder) {
  const files = new Map()
  for (const name of fs.readdirSync(folder)) {
    const type = TYPES[path.extname(name)]
    if (!type) continue
    const content = fs.readFileSync(path.join(folder, name))
    files.set(name, {
      content,
      type,
      tag: `"${createHash('sha256').update(content).digest('hex').slice(0, 32)}"`,
    })
  }
  return files
}

export function sendPage(request, response, files, name) {
  const file = files.get(name)
  if (!file || (request.method !== 'GET' && request.method !== 'HEAD'))
    throw new Problem(404, 'not-found', 'Not found', 'There is no such file.')
  const headers = { ETag: file.tag, 'Cache-Control': 'public, max-age=60', 'Content-Type': file.type }
  if (request.headers['if-none-match'] === file.tag) {
    response.writeHead(304, headers).end()
    return
  }
  response.writeHead(200, { ...headers, 'Content-Length': file.content.length })
  response.end(request.method === 'HEAD' ? undefined : file.content)
}
