// Fields of a form, with their labels, hints and messages; a summary of errors takes the focus and leads to each.
import { make, newId, notice } from './dom.js'

/** A field: `{ element, input, name, value(), fail(message) }`. */
function field(name, label, input, { hint, wide = false } = {}) {
  input.id = newId(name)
  input.name = name
  const hintId = hint ? newId('hint') : undefined
  const messageId = newId('message')
  const message = make('p', { class: 'bk-message', id: messageId })
  if (hintId) input.setAttribute('aria-describedby', hintId)
  const element = make(
    'div',
    { class: wide ? 'bk-field bk-wide' : 'bk-field' },
    make('label', { for: input.id }, label),
    hint ? make('p', { class: 'bk-hint', id: hintId }, hint) : null,
    message,
    input,
  )
  const fail = (text) => {
    message.textContent = text ?? ''
    element.classList.toggle('bk-failed', Boolean(text))
    if (text) input.setAttribute('aria-invalid', 'true')
    else input.removeAttribute('aria-invalid')
    const described = [hintId, text ? messageId : null].filter(Boolean).join(' ')
    if (described) input.setAttribute('aria-describedby', described)
    else input.removeAttribute('aria-describedby')
  }
  return { element, input, name, fail, label, value: () => input.value }
}

export function textField(
  name,
  label,
  { value = '', type = 'text', inputMode, autocomplete = 'off', ...more } = {},
) {
  return field(name, label, make('input', { type, value, inputMode, autocomplete }), more)
}

export function areaField(name, label, { value = '', rows = 3, ...more } = {}) {
  return field(name, label, make('textarea', { value, rows }), more)
}

/** `options` are `[value, text]`. */
export function selectField(name, label, options, { value, ...more } = {}) {
  const input = make('select', {}, ...optionsOf(options))
  if (value !== undefined) input.value = value
  return field(name, label, input, more)
}

export function optionsOf(options) {
  return options.map(([value, text]) => make('option', { value }, text))
}

export function checkField(name, label, { checked = false, hint } = {}) {
  const made = field(name, label, make('input', { type: 'checkbox', checked }), { hint })
  made.element.classList.add('bk-check')
  return { ...made, value: () => made.input.checked }
}

/**
 * A form of such fields. `send()` does what its button says; what it throws with fields lands on them.
 * `before` are elements between the fields and the button.
 */
export function form({ name, fields, button, send, parts, secondary }) {
  const said = make('div', { class: 'bk-said' })
  const press = make('button', { type: 'submit', class: 'bk-primary' }, button)
  const element = make(
    'form',
    { class: 'bk-form', noValidate: true, aria: { label: name } },
    said,
    ...(parts ?? fields.map((each) => each.element)),
    make('div', { class: 'bk-buttons' }, press, secondary ?? null),
  )
  element.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (press.disabled) return
    press.disabled = true
    said.replaceChildren()
    for (const each of fields) each.fail('')
    try {
      await send()
    } catch (error) {
      if (error?.name !== 'AbortError') tell(error)
    } finally {
      press.disabled = false
    }
  })
  const tell = (error) => {
    const failed = error.fields ?? []
    const known = failed.filter((each) => fields.some(({ name: own }) => own === each.field))
    for (const { field: wrong, message } of known) fields.find((each) => each.name === wrong).fail(message)
    const links = known.map(({ field: wrong, message }) => {
      const jump = make('button', { type: 'button', class: 'bk-link' }, message)
      jump.addEventListener('click', () => fields.find((each) => each.name === wrong).input.focus())
      return make('li', {}, jump)
    })
    const title = error.body?.title ?? 'This did not work'
    const whole = known.length === failed.length && known.length > 0 ? null : error.message
    const shown = notice('error', title, whole, links.length > 0 ? make('ul', {}, ...links) : null)
    said.replaceChildren(shown)
    shown.focus()
  }
  return { element, press }
}
