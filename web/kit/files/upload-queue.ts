import { type ProblemError, problemOf } from '../api/problem'

export interface Upload {
  id: string
  name: string
  size: number
  state: 'waiting' | 'uploading' | 'stored' | 'failed'
  sent: number
  /** What went wrong. */
  message?: string
  /** The same as the server said it. */
  problem?: ProblemError
  /** What happens while it is uploading: `The connection was lost at 5.4 of 8.4 MB.` */
  note?: string | null
}

export interface SendOptions {
  onProgress: (sent: number) => void
  /** Say what happens meanwhile; null when there is nothing to say. */
  onNote: (note: string | null) => void
  signal: AbortSignal
}

export interface UploadHandlers<Answer> {
  /** Send one file: usually `uploadFile(...)`. */
  send: (file: File, options: SendOptions) => Promise<Answer>
  onStored?: (answer: Answer, file: File) => void
}

interface Job {
  id: string
  file: File
  abort: AbortController
}

/** Files under way, some at once, each with its progress. Knows nothing of React. */
export class UploadQueue<Answer> {
  uploads: readonly Upload[] = []
  private readonly listeners = new Set<() => void>()
  private readonly jobs = new Map<string, Job>()
  private waiting: Job[] = []
  private running = 0
  private handlers: UploadHandlers<Answer>
  private readonly atOnce: number

  constructor(handlers: UploadHandlers<Answer>, atOnce: number) {
    this.handlers = handlers
    this.atOnce = atOnce
  }

  /** Send what comes next by these. */
  use(handlers: UploadHandlers<Answer>): void {
    this.handlers = handlers
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  add = (files: readonly File[]): void => {
    const added = files.map((file): Job => ({ id: crypto.randomUUID(), file, abort: new AbortController() }))
    for (const job of added) this.jobs.set(job.id, job)
    this.waiting.push(...added)
    this.publish([...this.uploads, ...added.map(rowOf)])
    this.next()
  }

  /** Take a file off the list; one under way is cancelled. */
  remove = (id: string): void => {
    this.jobs.get(id)?.abort.abort()
    this.jobs.delete(id)
    this.waiting = this.waiting.filter((job) => job.id !== id)
    this.publish(this.uploads.filter((upload) => upload.id !== id))
  }

  retry = (id: string): void => {
    const job = this.jobs.get(id)
    if (!job) return
    this.waiting.push(job)
    this.change(id, { state: 'waiting', sent: 0, message: undefined, problem: undefined })
    this.next()
  }

  /** The file of a row, as it was added. */
  fileOf(id: string): File | undefined {
    return this.jobs.get(id)?.file
  }

  private next(): void {
    while (this.running < this.atOnce) {
      const job = this.waiting.shift()
      if (!job) return
      this.running += 1
      void this.run(job).finally(() => {
        this.running -= 1
        this.next()
      })
    }
  }

  private async run({ id, file, abort }: Job): Promise<void> {
    this.change(id, { state: 'uploading', sent: 0 })
    try {
      const onProgress = (sent: number) => this.change(id, { sent })
      const onNote = (note: string | null) => this.change(id, { note })
      const answer = await this.handlers.send(file, { onProgress, onNote, signal: abort.signal })
      this.change(id, { state: 'stored', sent: file.size, note: null })
      this.handlers.onStored?.(answer, file)
    } catch (error) {
      const problem = problemOf(error)
      this.change(id, { state: 'failed', message: problem.detail, problem, note: null })
    }
  }

  private change(id: string, changes: Partial<Upload>): void {
    this.publish(this.uploads.map((upload) => (upload.id === id ? { ...upload, ...changes } : upload)))
  }

  private publish(uploads: readonly Upload[]): void {
    this.uploads = uploads
    for (const listener of this.listeners) listener()
  }
}

function rowOf({ id, file }: Job): Upload {
  return { id, name: file.name, size: file.size, state: 'waiting', sent: 0 }
}
