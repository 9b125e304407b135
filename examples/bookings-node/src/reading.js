// Reading what was sent, field by field; what is wrong is added to `fields` with what to do about it.

export function line(body, field, fields, { most, message }) {
  const value = typeof body[field] === 'string' ? body[field].replaceAll(/\s+/g, ' ').trim() : ''
  if (value === '') fields.push({ field, message: message ?? 'Fill this in.' })
  return short(value, field, fields, most)
}

export function text(body, field, fields, { most }) {
  return short(typeof body[field] === 'string' ? body[field].trim() : '', field, fields, most)
}

function short(value, field, fields, most) {
  if (value.length > most) fields.push({ field, message: `Use at most ${most} characters.` })
  return value
}

export function whole(body, field, fields, { least = 0, most, message }) {
  const value = body[field]
  if (Number.isInteger(value) && value >= least && value <= most) return value
  fields.push({ field, message: message ?? `Enter a whole number from ${least} to ${most}.` })
  return least
}

export function yes(body, field, fields) {
  if (typeof body[field] === 'boolean') return body[field]
  fields.push({ field, message: 'Say yes or no.' })
  return false
}

/** An id of somebody else's record, or null. */
export function id(body, field, fields) {
  const value = body[field] ?? null
  if (value === null || /^[0-9a-f-]{36}$/i.test(value)) return value
  fields.push({ field, message: 'Choose one from the list.' })
  return null
}

export function email(body, field, fields) {
  const value = typeof body[field] === 'string' ? body[field].trim() : ''
  if (/^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;"]+$/.test(value) && value.length <= 254) return value
  fields.push({ field, message: 'Enter an email address, such as name@example.org.' })
  return value
}
