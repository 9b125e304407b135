import { beforeEach, describe, expect, test, vi } from 'vitest'
import { filesDropped } from '../files/dropped'
import { sendResumable } from '../files/resumable'
import { http, HttpResponse, problem, server } from '../testing'

/** A server of tus 1.0 that keeps one upload: what it was told, and which bytes it has. */
class TusServer {
  metadata: Record<string, string> = {}
  received = ''
  size = 0
  begun = 0
  checksums: string[] = []
  /** What the next parts meet: a lost connection after so many bytes, a damaged part, or null for nothing. */
  trouble: ('lost' | 'damaged' | null)[] = []
  gone = false

  handlers() {
    return [
      http.post('*/api/x/uploads', ({ request }) => {
        expect(request.headers.get('Tus-Resumable')).toBe('1.0.0')
        this.begun += 1
        this.received = ''
        this.size = Number(request.headers.get('Upload-Length'))
        const pairs = (request.headers.get('Upload-Metadata') ?? '').split(',')
        this.metadata = Object.fromEntries(
          pairs.map((pair) => {
            const [key = '', value = ''] = pair.split(' ')
            return [key, new TextDecoder().decode(Uint8Array.from(atob(value), (c) => c.charCodeAt(0)))]
          }),
        )
        const headers = { Location: `/api/x/uploads/${String(this.begun)}`, 'Upload-Offset': '0' }
        return new HttpResponse(null, { status: 201, headers })
      }),
      http.head('*/api/x/uploads/:id', () =>
        this.gone ? new HttpResponse(null, { status: 404 }) : this.standing(),
      ),
      http.patch('*/api/x/uploads/:id', async ({ request }) => {
        const part = await request.text()
        if (Number(request.headers.get('Upload-Offset')) !== this.received.length)
          return HttpResponse.json({ type: 'urn:banksia:storage:offset-mismatch' }, { status: 409 })
        const trouble = this.trouble.shift()
        if (trouble === 'damaged') return problem(460, 'The part came damaged.')
        if (trouble === 'lost') {
          this.received += part.slice(0, 4)
          return HttpResponse.error()
        }
        this.checksums.push(request.headers.get('Upload-Checksum') ?? '')
        this.received += part
        return this.standing(204)
      }),
    ]
  }

  private standing(status = 200) {
    const done: Record<string, string> =
      this.received.length === this.size ? { 'Banksia-Document': 'document-1' } : {}
    return new HttpResponse(null, {
      status,
      headers: { 'Upload-Offset': String(this.received.length), ...done },
    })
  }
}

const plan = () => new File(['0123456789'], 'Plan – Ünïcode.pdf')
let tus: TusServer

beforeEach(() => {
  tus = new TusServer()
  server.use(...tus.handlers())
})

const send = (options: Partial<Parameters<typeof sendResumable>[1]> = {}, file = plan()) =>
  sendResumable(file, { url: '/api/x/uploads', metadata: { filename: file.name }, pauses: [0], ...options })

describe('sendResumable', () => {
  test('announces the file with its name, sends it with its checksum, and answers what it became', async () => {
    const onBegun = vi.fn()
    expect(await send({ onBegun, metadata: { filename: plan().name, title: '' } })).toBe('document-1')
    expect(tus.metadata).toEqual({ filename: 'Plan – Ünïcode.pdf' })
    expect(onBegun).toHaveBeenCalledExactlyOnceWith('/api/x/uploads/1')
    // openssl dgst -sha256 -binary | base64, of 0123456789
    expect(tus.checksums).toEqual(['sha256 hNiYd/DUBB77a/kaFvAkjy/Vc+avBcGflr7bn4gveII='])
  })

  test('goes on by itself from where the server stands after the connection was lost', async () => {
    tus.trouble = ['lost', 'damaged', null]
    const onLost = vi.fn()
    expect(await send({ onLost })).toBe('document-1')
    expect(tus.received).toBe('0123456789')
    expect(tus.begun).toBe(1)
    expect(onLost.mock.calls).toEqual([[0], [null]])
  })

  test('takes up what was begun before, and begins anew when the server has given it up', async () => {
    tus.received = '012345'
    tus.size = 10
    expect(await send({ begun: '/api/x/uploads/1' })).toBe('document-1')
    expect(tus.begun).toBe(0)
    tus.gone = true
    tus.received = ''
    await send({ begun: '/api/x/uploads/1' })
    expect(tus.begun).toBe(1)
  })

  test('tells what the server refuses, and stops when it is cancelled', async () => {
    server.use(http.post('*/api/x/uploads', () => problem(409, 'This file is already here.')))
    await expect(send()).rejects.toMatchObject({ detail: 'This file is already here.' })
    server.use(...tus.handlers())
    tus.trouble = ['lost']
    const cancel = new AbortController()
    const sent = send({ signal: cancel.signal, pauses: [60_000], onLost: () => cancel.abort() })
    await expect(sent).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('stores an empty file too', async () => {
    expect(await send({}, new File([], 'empty.txt'))).toBe('document-1')
  })
})

test('a dropped folder gives all its files with the folders that they lie in', async () => {
  const a = new File(['a'], 'a.pdf')
  const file = (of: File) => ({ isFile: true, name: of.name, file: (take: (file: File) => void) => take(of) })
  const folder = (name: string, entries: unknown[]) => ({
    isDirectory: true,
    name,
    createReader: () => {
      const pages = [entries, []]
      return { readEntries: (take: (some: unknown[]) => void) => take(pages.shift() ?? []) }
    },
  })
  const tree = folder('plans', [folder('1987', [file(a)]), file(new File([''], '.DS_Store'))])
  const transfer = { items: [{ webkitGetAsEntry: () => tree }], files: [] }
  expect(await filesDropped(transfer as unknown as DataTransfer)).toEqual([
    { file: a, folders: ['plans', '1987'] },
  ])
})
