import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import { compactFields, EmptyState, formatLongDate, Loaded, Panel, useMay } from '@banksia/kit'
import { type AttributeRead, listAttributesOptions, type PropertyRead } from '../api'
import { propertyPage } from '../routes'
import { AttributeTable } from './attribute-table'
import { RecordAttribute } from './record-attribute'

/** What council knows of a property, with source and date, so that what is old stands out. */
export function Attributes({ property, asAt }: { property: PropertyRead; asAt: string | undefined }) {
  const { lot } = propertyPage.useSearch()
  const mayRecord = useMay('property.attributes.record')
  const mayManage = useMay('property.attributes.manage')
  const [recording, setRecording] = useState<AttributeRead>()
  const attributes = useQuery(
    listAttributesOptions({ path: { property_id: property.id }, query: { as_at: asAt, parcel_id: lot } }),
  )
  return (
    <Panel title="What council knows" hint={asAt ? `As it was on ${formatLongDate(asAt)}` : undefined} flush>
      <Loaded query={attributes} failed="What council knows could not be loaded">
        {(list) => (
          <>
            {list.more_parcels > 0 || lot ? <LotChoice property={property} lot={lot} /> : null}
            {list.attributes.length === 0 ? (
              <EmptyState
                action={
                  mayManage ? (
                    <TextLink href="/property/settings/attributes">
                      Set up the catalogue of attributes
                    </TextLink>
                  ) : null
                }
              >
                The council keeps no attributes of properties yet, such as zone or bush fire prone land.
              </EmptyState>
            ) : (
              <AttributeTable
                attributes={list.attributes}
                onRecord={mayRecord && !asAt ? setRecording : undefined}
              />
            )}
          </>
        )}
      </Loaded>
      {recording ? (
        <RecordAttribute
          propertyId={property.id}
          attribute={recording}
          onClose={() => {
            setRecording(undefined)
          }}
        />
      ) : null}
    </Panel>
  )
}

/** A property of very many lots shows the first; any other is chosen here. */
function LotChoice({ property, lot }: { property: PropertyRead; lot: string | undefined }) {
  const setSearch = propertyPage.useSetSearch()
  return (
    <div css={{ padding: '0.75rem 1rem', ...compactFields }}>
      <Select
        label="Lot"
        hideOptionalLabel
        placeholder="The first lots"
        value={lot ?? ''}
        options={property.parcels.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={(event) => {
          setSearch({ lot: event.target.value || undefined })
        }}
      />
    </div>
  )
}
