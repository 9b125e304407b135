// A failure is a named fact with a sentence that tells a person what to do (RFC 9457).

export class Problem extends Error {
  /** `name` is the end of its type: `time-taken`. `fields` are `{ field, message }`. */
  constructor(status, name, title, detail, { fields = [], headers = {}, more = {} } = {}) {
    super(detail)
    this.status = status
    this.headers = headers
    this.body = { type: `urn:banksia:bookings:${name}`, title, status, detail, ...more }
    if (fields.length > 0) this.body.errors = fields
  }
}

export const notFound = (what) =>
  new Problem(
    404,
    'not-found',
    `${what} not found`,
    `There is no such ${what.toLowerCase()}. Go back to the list.`,
  )

/** What is wrong with what was sent: one message for each field. */
export const invalid = (fields) =>
  new Problem(422, 'invalid', 'Check your answers', fields.map(({ message }) => message).join(' '), {
    fields,
  })

export const conflict = (name, title, detail, more) => new Problem(409, name, title, detail, { more })
