// What the register says of a tree, as a form.
import { field, make, notice, PROTECTIONS } from './parts.js'

/** `{ element, place(place), onPlaced(listener) }`; `send(tree)` keeps it. */
export function treeForm({ tree, button, send }) {
  const text = (name, label, more = {}) => {
    const { hint, ...properties } = more
    const input = make('input', { name, value: tree?.[name] ?? '', autocomplete: 'off', ...properties })
    return { name, input, element: field(label, input, hint) }
  }
  const species = text('species', 'Species', {
    required: true,
    maxLength: 200,
    hint: 'Such as Eucalyptus tereticornis',
  })
  const common = text('common_name', 'Common name (optional)', { maxLength: 200 })
  const height = text('height_m', 'Height in metres, if measured', { inputMode: 'decimal' })
  const girth = text('girth_m', 'Girth in metres, 1.4 m above the ground, if measured', {
    inputMode: 'decimal',
  })
  const choices = PROTECTIONS.map(([value, words]) => make('option', { value }, words))
  const protection = { name: 'protection', input: make('select', { name: 'protection' }, ...choices) }
  protection.input.value = tree?.protection ?? 'none'
  const source = text('source', 'Where is it known from?', {
    maxLength: 200,
    hint: 'A survey, an arborist’s report, a site visit',
  })
  const longitude = text('longitude', 'Longitude', { inputMode: 'decimal' })
  const latitude = text('latitude', 'Latitude', { inputMode: 'decimal' })
  const note = make('textarea', { name: 'note', rows: 3, maxLength: 5000, value: tree?.note ?? '' })
  const said = make('div')
  const press = make('button', { type: 'submit' }, button)
  const element = make(
    'form',
    { className: 'trees-form', noValidate: true, attributes: { 'aria-label': button } },
    said,
    make('div', { className: 'trees-pair' }, species.element, common.element),
    make('div', { className: 'trees-pair' }, height.element, girth.element),
    field('Protection', protection.input),
    source.element,
    make('div', { className: 'trees-pair' }, longitude.element, latitude.element),
    field('Note (optional, for staff only)', note),
    press,
  )
  const listeners = []
  const tell = () => listeners.forEach((listener) => listener(placeOf(longitude.input, latitude.input)))
  longitude.input.addEventListener('change', tell)
  latitude.input.addEventListener('change', tell)

  element.addEventListener('submit', async (event) => {
    event.preventDefault()
    press.disabled = true
    for (const input of element.querySelectorAll('[aria-invalid]')) input.removeAttribute('aria-invalid')
    try {
      await send({
        species: species.input.value,
        common_name: common.input.value,
        height_m: number(height.input),
        girth_m: number(girth.input),
        protection: protection.input.value,
        longitude: number(longitude.input),
        latitude: number(latitude.input),
        source: source.input.value,
        note: note.value,
      })
    } catch (error) {
      if (error?.name !== 'AbortError') fail(error)
    } finally {
      press.disabled = false
    }
  })
  function fail(error) {
    const fields = error.fields ?? []
    const lines = fields.map(
      ({ field, message }) => `${element.elements[field]?.labels?.[0]?.textContent ?? field}: ${message}`,
    )
    said.replaceChildren(notice('error', lines.length > 0 ? lines.join(' ') : error.message))
    const [first] = fields.map(({ field }) => element.elements[field]).filter(Boolean)
    for (const { field } of fields) element.elements[field]?.setAttribute('aria-invalid', 'true')
    first?.focus()
  }
  return {
    element,
    place: (place) => {
      longitude.input.value = place.longitude.toFixed(6)
      latitude.input.value = place.latitude.toFixed(6)
      tell()
    },
    onPlaced: (listener) => listeners.push(listener),
  }
}

/** What stands in a field, or nothing; what is no number goes to the server as it is, which says what is wrong. */
const number = (input) => (input.value.trim() === '' ? null : input.value.trim())

function placeOf(longitude, latitude) {
  const place = { longitude: Number(longitude.value), latitude: Number(latitude.value) }
  const isWhole = longitude.value.trim() !== '' && latitude.value.trim() !== ''
  return isWhole && Number.isFinite(place.longitude) && Number.isFinite(place.latitude) ? place : null
}
