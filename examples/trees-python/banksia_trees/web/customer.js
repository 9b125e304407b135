// What anybody may know: which significant trees stand on a property.
import { badge, day, link, make, measures, nameOf, page, panel, propertySearch } from './parts.js'

/** `/` */
export async function findPage({ context }) {
  return page(
    {
      title: 'Significant trees',
      lead: 'See which trees of a property are in the council’s register, before you prune or build.',
    },
    propertySearch(context, (id) => `/properties/${id}`),
  )
}

/** `/properties/ID` */
export async function publicPropertyPage({ context, ask }, propertyId) {
  const property = await ask(`/api/trees/customer/properties/${propertyId}`)
  const title = `Trees at ${property.address ?? 'this property'}`
  const trees = property.trees.map((tree) =>
    make(
      'li',
      {},
      make('div', { className: 'trees-name' }, make('strong', {}, nameOf(tree)), badge(tree)),
      make(
        'p',
        { className: 'trees-muted' },
        `${measures(tree)}; in the register since ${day(tree.valid_from_on)}`,
      ),
    ),
  )
  const isProtected = property.trees.some((tree) => tree.protection !== 'none')
  return page(
    { title, where: link(context, '/', 'Find another property') },
    trees.length > 0
      ? make('ul', { className: 'trees-list trees-panel' }, ...trees)
      : make(
          'p',
          { className: 'trees-empty' },
          'No significant tree is registered here. Other rules may still protect trees: ask the council.',
        ),
    isProtected
      ? panel(
          'Before you prune or remove',
          make(
            'p',
            {},
            'A protected tree may not be pruned, damaged or removed without the council’s consent. Call the council first.',
          ),
        )
      : null,
  )
}
