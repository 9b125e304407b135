/** One field that the server could not accept; `field` is a path such as `lines.0.parcel`. */
export interface FieldError {
  field: string
  message: string
}

/** A problem document (RFC 9457) as an error: what every failed request throws. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'
  /** Stable for code: `urn:banksia:MODULE:error-name`. */
  readonly type: string
  readonly title: string
  /** A sentence for a person. */
  readonly detail: string
  /** The HTTP status, or 0 when no answer came. */
  readonly status: number
  readonly errors: readonly FieldError[]
  /** All members of the document, for those that a module adds. */
  readonly document: Readonly<Record<string, unknown>>

  constructor(document: Record<string, unknown>, status: number) {
    const title = text(document.title) ?? 'Something went wrong'
    const detail =
      text(document.detail) ?? 'The council’s system did not answer as it should. Try again in a minute.'
    super(detail)
    this.title = title
    this.detail = detail
    this.type = text(document.type) ?? 'about:blank'
    this.status = status
    this.errors = Array.isArray(document.errors) ? document.errors.filter(isFieldError) : []
    this.document = document
  }

  /** Whether trying the same again can help: no answer, or the server's fault. */
  get mayPass(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

/** Turn whatever a request threw into a problem that a page can show. */
export function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error
  return new ProblemError(
    {
      title: 'Something went wrong on this page',
      detail: 'Reload the page and try again. What was saved is kept.',
    },
    -1,
  )
}

/** The error of one failed request, from its response (none when the connection failed) and its decoded body. */
export function problemOfResponse(response: Response | undefined, body: unknown): ProblemError {
  if (!response) {
    return new ProblemError(
      {
        title: 'No connection',
        detail: 'The council’s system cannot be reached. Check your connection and try again.',
      },
      0,
    )
  }
  const problem = new ProblemError(isRecord(body) ? body : {}, response.status)
  return isMistypedId(problem) ? nothingThere : problem
}

/** An address that somebody typed or cut short: where an id belongs stands something else, so nothing can be there. */
const isMistypedId = ({ status, errors }: ProblemError) =>
  status === 422 &&
  errors.length > 0 &&
  errors.every(({ field, message }) => /^\w+_id$/.test(field) && message.includes('valid UUID'))

const nothingThere = new ProblemError(
  {
    type: 'urn:banksia:kit:not-found',
    title: 'Not found',
    detail: 'There is nothing at this address. Check it, or find what you look for from its list.',
  },
  404,
)

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && typeof value.field === 'string' && typeof value.message === 'string'
}
