import type { CatalogueProductRead, CatalogueRead } from '../api'
import type { BasketLine } from './basket'

interface Wanted {
  product: string
  urgent: boolean
}

interface Price {
  title: string
  cents: number
  gstCents: number
  dueOn: string | null
}

export type PricedLine = BasketLine & Price

/** The product of a line with what it costs today; lines whose product is no longer sold are left out. */
export function priced<Line extends Wanted>(
  lines: readonly Line[],
  catalogue: CatalogueRead,
): (Line & Price)[] {
  return lines.flatMap((line) => {
    const product = catalogue.products.find(({ code }) => code === line.product)
    if (!product || product.fee_cents === null || product.closed) return []
    const urgent = line.urgent && product.urgent_fee_cents !== null
    return [
      {
        ...line,
        urgent,
        title: product.short_title,
        cents: product.fee_cents + (urgent ? (product.urgent_fee_cents ?? 0) : 0),
        gstCents: product.gst_cents ?? 0,
        dueOn: urgent ? product.urgent_due_on : product.standard_due_on,
      },
    ]
  })
}

/** Lines that cannot be ordered now, whatever their land: their product is not sold any more, or is closed. */
export function unsold<Line extends Wanted>(lines: readonly Line[], catalogue: CatalogueRead): Line[] {
  return lines.filter((line) => priced([line], catalogue).length === 0)
}

/** Lines that cost something else now than when they were chosen, with both prices. */
export function repriced(lines: readonly BasketLine[], catalogue: CatalogueRead) {
  return priced(lines, catalogue).filter(
    (line) => line.seenCents !== undefined && line.seenCents !== line.cents,
  )
}

export const totalOf = (lines: readonly Price[]) => lines.reduce((sum, line) => sum + line.cents, 0)

/** `No GST applies`, or the GST that is in the total. */
export function gstNote(products: readonly CatalogueProductRead[]): string {
  return products.some((product) => product.gst_treatment === 'taxable')
    ? 'GST is shown on the receipt.'
    : 'No GST applies'
}

/** The chosen product, on the same land, that makes this one unnecessary or is made unnecessary by it. */
export function clashWith(product: CatalogueProductRead, chosen: readonly string[]) {
  const contains = product.contains.find((code) => chosen.includes(code))
  const contained = product.contained_in.find((code) => chosen.includes(code))
  return contains
    ? ({ kind: 'contains', code: contains } as const)
    : contained
      ? ({ kind: 'contained', code: contained } as const)
      : null
}
