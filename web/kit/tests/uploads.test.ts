import { describe, expect, test, vi } from 'vitest'
import { ProblemError } from '../api/problem'
import { type SendOptions, UploadQueue } from '../files/upload-queue'
import { uploadFile } from '../files/upload-file'
import { uploadSummary } from '../files/upload-rows'
import { http, HttpResponse, problem, server } from '../testing'

const file = (name: string) => new File(['12345'], name, { type: 'application/pdf' })
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

function openSends() {
  const open = new Map<
    string,
    { options: SendOptions; resolve: (id: string) => void; reject: (error: unknown) => void }
  >()
  const send = (sent: File, options: SendOptions) =>
    new Promise<string>((resolve, reject) => open.set(sent.name, { options, resolve, reject }))
  return { open, send }
}

describe('UploadQueue', () => {
  test('sends a few at once, tells progress, and goes on with the next', async () => {
    const { open, send } = openSends()
    const onStored = vi.fn()
    const queue = new UploadQueue<string>({ send, onStored }, 1)
    const a = file('a.pdf')
    queue.add([a, file('b.pdf'), file('c.pdf')])
    expect(queue.uploads.map(({ state }) => state)).toEqual(['uploading', 'uploading', 'waiting'])
    open.get('a.pdf')?.options.onProgress(3)
    expect(queue.uploads[0]).toMatchObject({ sent: 3, size: 5 })
    open.get('a.pdf')?.resolve('id-a')
    await settled()
    expect(queue.uploads.map(({ state }) => state)).toEqual(['stored', 'uploading', 'uploading'])
    expect(onStored).toHaveBeenCalledExactlyOnceWith('id-a', a)
    expect(uploadSummary(queue.uploads)).toBe('1 stored, 2 uploading')
  })

  test('a failed one says why and can be tried again', async () => {
    const { open, send } = openSends()
    const queue = new UploadQueue<string>({ send }, 1)
    queue.add([file('a.pdf')])
    open.get('a.pdf')?.reject(new ProblemError({ detail: 'This file is too large.' }, 413))
    await settled()
    const [failed] = queue.uploads
    expect(failed).toMatchObject({ state: 'failed', message: 'This file is too large.' })
    expect(uploadSummary(queue.uploads)).toBe('1 needs you')
    queue.retry(failed?.id ?? '')
    expect(queue.uploads[0]).toMatchObject({ state: 'uploading', sent: 0 })
  })

  test('one taken off the list is cancelled, and a waiting one is never sent', async () => {
    const { open, send } = openSends()
    const queue = new UploadQueue<string>({ send }, 0.5)
    queue.add([file('a.pdf'), file('b.pdf')])
    queue.remove(...queue.uploads.map(({ id }) => id))
    expect(open.get('a.pdf')?.options.signal.aborted).toBe(true)
    open.get('a.pdf')?.reject(new DOMException('', 'AbortError'))
    await settled()
    expect([...open.keys()]).toEqual(['a.pdf'])
    expect(queue.uploads).toEqual([])
  })
})

describe('thousands of files', () => {
  test('large ones go one in the place of two small ones', async () => {
    const { open, send } = openSends()
    const queue = new UploadQueue<string>({ send }, 2)
    const large = new File([new Uint8Array(2 * 1024 * 1024)], 'large.pdf')
    queue.add([large, file('a.pdf'), file('b.pdf'), file('c.pdf')])
    expect([...open.keys()]).toEqual(['large.pdf', 'a.pdf', 'b.pdf'])
    open.get('large.pdf')?.resolve('id')
    await settled()
    expect([...open.keys()]).toEqual(['large.pdf', 'a.pdf', 'b.pdf', 'c.pdf'])
  })

  test('pages are told now and then, not once a change', async () => {
    const queue = new UploadQueue<string>({ send: () => Promise.resolve('id') }, 2)
    const told = vi.fn()
    queue.subscribe(told)
    queue.add(Array.from({ length: 500 }, (_, index) => file(`${String(index)}.pdf`)))
    await vi.waitFor(() => expect(queue.published().every(({ state }) => state === 'stored')).toBe(true))
    expect(told.mock.calls.length).toBeLessThan(20)
  })
})

describe('uploadFile', () => {
  test('sends the bytes as they are and answers the JSON', async () => {
    server.use(
      http.put('*/api/files/x', async ({ request }) =>
        HttpResponse.json({ type: request.headers.get('content-type'), text: await request.text() }),
      ),
    )
    expect(await uploadFile('/api/files/x', file('a.pdf'), { method: 'PUT' })).toEqual({
      type: 'application/pdf',
      text: '12345',
    })
  })

  test('throws the problem document', async () => {
    server.use(http.post('*/api/files/x', () => problem(413, 'This file is too large.')))
    await expect(uploadFile('/api/files/x', file('a.pdf'))).rejects.toMatchObject({
      status: 413,
      detail: 'This file is too large.',
    })
  })
})
