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

/** Of files this small several go in the place of a large one: what they take is time, not the line. */
const SMALL = 1024 * 1024
const SMALL_FOR_ONE = 2
/** Pages hear of changes so often, however many files there are. */
const TELL_EVERY = 100

/** Files under way, some at once, each with its progress. Knows nothing of React. */
export class UploadQueue<Answer> {
  private readonly rows = new Map<string, Upload>()
  private readonly listeners = new Set<() => void>()
  private readonly jobs = new Map<string, Job>()
  private readonly waiting = new Map<string, Job>()
  private list: readonly Upload[] | null = []
  private told: readonly Upload[] = []
  private toldAt = -Infinity
  private timer: ReturnType<typeof setTimeout> | undefined
  /** How much of what goes at once is taken, a small file counting as one. */
  private taken = 0
  private handlers: UploadHandlers<Answer>
  private readonly places: number

  /** `atOnce` large files go at once, or twice as many small ones. */
  constructor(handlers: UploadHandlers<Answer>, atOnce: number) {
    this.handlers = handlers
    this.places = atOnce * SMALL_FOR_ONE
  }

  /** The rows as they are now. */
  get uploads(): readonly Upload[] {
    this.list ??= [...this.rows.values()]
    return this.list
  }

  /** The rows as the pages were told of them last. */
  published = (): readonly Upload[] => this.told

  /** Send what comes next by these. */
  use(handlers: UploadHandlers<Answer>): void {
    this.handlers = handlers
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  add = (files: readonly File[]): void => {
    for (const file of files) {
      const job: Job = { id: crypto.randomUUID(), file, abort: new AbortController() }
      this.jobs.set(job.id, job)
      this.waiting.set(job.id, job)
      this.rows.set(job.id, { id: job.id, name: file.name, size: file.size, state: 'waiting', sent: 0 })
    }
    this.next()
    this.publish()
  }

  /** Take files off the list; one under way is cancelled. */
  remove = (...ids: readonly string[]): void => {
    for (const id of ids) {
      this.jobs.get(id)?.abort.abort()
      this.jobs.delete(id)
      this.waiting.delete(id)
      this.rows.delete(id)
    }
    this.publish()
  }

  retry = (id: string): void => {
    const job = this.jobs.get(id)
    if (!job) return
    this.waiting.set(id, job)
    this.change(id, { state: 'waiting', sent: 0, message: undefined, problem: undefined })
    this.next()
    this.publish()
  }

  /** The file of a row, as it was added. */
  fileOf(id: string): File | undefined {
    return this.jobs.get(id)?.file
  }

  private next(): void {
    for (const job of this.waiting.values()) {
      const needed = job.file.size > SMALL ? SMALL_FOR_ONE : 1
      if (this.taken + needed > this.places) return
      this.waiting.delete(job.id)
      this.taken += needed
      void this.run(job).finally(() => {
        this.taken -= needed
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
    const row = this.rows.get(id)
    if (!row) return
    this.rows.set(id, { ...row, ...changes })
    this.list = null
    this.publishSoon()
  }

  private publishSoon(): void {
    this.timer ??= setTimeout(this.publish, Math.max(0, this.toldAt + TELL_EVERY - performance.now()))
  }

  private publish = (): void => {
    clearTimeout(this.timer)
    this.timer = undefined
    this.toldAt = performance.now()
    this.list = [...this.rows.values()]
    this.told = this.list
    for (const listener of this.listeners) listener()
  }
}
