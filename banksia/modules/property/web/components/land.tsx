import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Panel, RowList, Status, Tag } from '@banksia/kit'
import type { PropertyRead } from '../api'
import { areaOf, sourceOf, STATES } from './words'

const FIRST = 8

/** The lots of a property that has several, or none that is plain. */
export function Land({ property }: { property: PropertyRead }) {
  const [all, setAll] = useState(false)
  const { parcels } = property
  const plain = parcels.length === 1 && parcels[0]?.status === property.status && !parcels[0].is_part
  if (parcels.length === 0 || plain) return null
  const shown = all ? parcels : parcels.slice(0, FIRST)
  return (
    <Panel title="Land" hint={totalOf(property)} flush>
      <RowList
        inset
        rows={shown.map((parcel) => ({
          key: parcel.id,
          title: (
            <>
              <strong>{parcel.title}</strong> {parcel.is_part ? <Tag>Part</Tag> : null}{' '}
              {parcel.is_synthetic ? <Tag>Synthetic</Tag> : null}
            </>
          ),
          detail: `${areaOf(parcel.area_square_metres)}, ${sourceOf(parcel.source)}`,
          end: <Status word={STATES[parcel.status]} />,
        }))}
      />
      {shown.length < parcels.length ? (
        <div css={{ padding: '0.75rem 1rem' }}>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              setAll(true)
            }}
          >
            {`Show all ${parcels.length.toLocaleString('en-AU')} lots`}
          </Button>
        </div>
      ) : null}
    </Panel>
  )
}

function totalOf({ parcels }: PropertyRead): string {
  const lots = parcels.length === 1 ? '1 lot' : `${parcels.length.toLocaleString('en-AU')} lots`
  const areas = parcels.map(({ area_square_metres }) => area_square_metres)
  const total = areas.reduce<number | null>(
    (sum, area) => (sum === null || area === null ? null : sum + area),
    0,
  )
  return total === null ? lots : `${lots}, ${areaOf(total)} in all`
}
