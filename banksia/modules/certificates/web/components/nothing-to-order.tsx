import { Notice, type PropertyDetail } from '@banksia/kit'
import type { CatalogueRead } from '../api'
import { SuccessorLinks } from './basket-notices'
import { useBasketRead } from './use-basket-read'

const MOST_SHOWN = 10

interface NothingToOrderProps {
  property: PropertyDetail
  catalogue: CatalogueRead | undefined
  /** The lot that was asked for, where others of the property can be ordered. */
  only?: string
}

/** Land that is no more, or not yet: why, and the lots that it became. */
export function NothingToOrder({ property, catalogue, only }: NothingToOrderProps) {
  const product = catalogue?.products.find(({ kind, closed }) => kind === 'sale' && !closed)?.code
  const parcels = property.parcels
    .filter(({ text, status }) => status !== 'current' && (!only || text === only))
    .slice(0, MOST_SHOWN)
  const read = useBasketRead(
    product
      ? parcels.map(({ text }) => ({ property_id: property.id, parcel: text, product, urgent: false }))
      : [],
  )
  const found = read.data?.lines.length === parcels.length ? read.data.lines : []
  if (parcels.length === 0) {
    return (
      <Notice tone="warning" title="Nothing can be ordered for this property here">
        <p>Council has no current lot for it. Search by lot and plan, or ask council.</p>
      </Notice>
    )
  }
  return (
    <>
      {parcels.map((parcel, index) => (
        <Notice
          key={parcel.id}
          tone="warning"
          title={
            parcel.status === 'historic'
              ? `${parcel.title} no longer exists`
              : `${parcel.title} is not registered yet`
          }
        >
          {parcel.status === 'historic' ? (
            <Became successors={found[index]?.successors} />
          ) : (
            <p>Order once its plan is registered.</p>
          )}
        </Notice>
      ))}
    </>
  )
}

function Became({
  successors,
}: {
  successors: Parameters<typeof SuccessorLinks>[0]['successors'] | undefined
}) {
  if (successors?.length) return <SuccessorLinks successors={successors} />
  return <p>Council’s register does not say what it became. Search by lot and plan, or ask council.</p>
}
