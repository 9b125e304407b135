// One tree: what the register says of it, the way to correct it, and to end it.
import { treeForm } from './form.js'
import { badge, day, field, link, make, measures, nameOf, notice, page, panel, PROTECTIONS } from './parts.js'

/** `/trees/ID` */
export async function treePage({ context, ask, redraw }, treeId) {
  const tree = await ask(`/api/trees/register/${treeId}`)
  const may = Boolean(context.user?.permissions.includes('trees.register.keep')) && tree.valid_to_on === null
  const form = may ? treeForm({ tree, button: 'Save tree', send: (changes) => save(changes) }) : null
  async function save(changes) {
    // Without a place nothing is said of it; the rest is sent as it stands.
    const given = Object.entries(changes).filter(([, value]) => value !== null)
    await ask(`/api/trees/register/${treeId}`, { method: 'PATCH', body: Object.fromEntries(given) })
    await redraw()
  }
  return page(
    {
      title: nameOf(tree),
      where: link(context, `/properties/${tree.property_id}`, 'Trees of its property'),
      lead: measures(tree),
      actions: badge(tree),
    },
    tree.valid_to_on
      ? notice('info', `It stood until ${day(tree.valid_to_on)}: ${tree.ended_because}`)
      : null,
    panel('In the register', facts(tree)),
    form ? panel('Correct it', form.element) : null,
    may ? panel('It no longer stands', endForm({ ask, redraw, treeId })) : null,
  )
}

function facts(tree) {
  const shown = [
    ['Species', tree.species],
    ['Height', tree.height_m === null ? 'Not measured' : `${tree.height_m} m`],
    ['Girth', tree.girth_m === null ? 'Not measured' : `${tree.girth_m} m`],
    ['Protection', Object.fromEntries(PROTECTIONS)[tree.protection]],
    ['Place', tree.longitude === null ? 'Not on the map yet' : `${tree.longitude}, ${tree.latitude}`],
    ['Known from', tree.source || 'Not said'],
    ['Recorded', `${day(tree.valid_from_on)} by ${tree.recorded_by_name}`],
    ['Note', tree.note],
  ]
  const rows = shown
    .filter(([, value]) => value)
    .map(([term, value]) => make('div', {}, make('dt', {}, term), make('dd', {}, value)))
  return make('dl', { className: 'trees-facts' }, ...rows)
}

function endForm({ ask, redraw, treeId }) {
  const reason = make('input', { name: 'reason', required: true, maxLength: 200, autocomplete: 'off' })
  const said = make('div')
  const press = make('button', { type: 'submit', className: 'trees-secondary' }, 'End this entry')
  const form = make(
    'form',
    { className: 'trees-form', noValidate: true, attributes: { 'aria-label': 'End this entry' } },
    said,
    field('Why?', reason, 'Its entry stays, with today as its last day'),
    press,
  )
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    press.disabled = true
    try {
      await ask(`/api/trees/register/${treeId}/end`, { method: 'POST', body: { reason: reason.value } })
      await redraw()
    } catch (error) {
      press.disabled = false
      if (error?.name !== 'AbortError') said.replaceChildren(notice('error', error.message))
    }
  })
  return form
}
