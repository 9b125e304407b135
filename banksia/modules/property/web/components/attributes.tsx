import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  compactFields,
  EmptyState,
  formatLongDate,
  Loaded,
  loadedLate,
  Panel,
  slimButtons,
  useMay,
} from '@banksia/kit'
import { type AttributeRead, listAttributesOptions, type PropertyRead } from '../api'
import { propertyPage } from '../routes'
import { AttributeTable, type AttributeTableProps } from './attribute-table'

const RecordAttribute = loadedLate(() => import('./record-attribute'))

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
              <KnownAndUnknown
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

/** More unknown ones than these are named in one paragraph first, so that what is known can be seen. */
const FEW_UNKNOWN = 4

function KnownAndUnknown({ attributes, onRecord }: AttributeTableProps) {
  const [all, setAll] = useState(false)
  const known = attributes.filter(({ is_unknown }) => !is_unknown)
  const unknown = attributes.length - known.length
  if (unknown <= FEW_UNKNOWN || known.length === 0)
    return <AttributeTable attributes={attributes} onRecord={onRecord} />
  const names = [...new Set(attributes.filter(({ is_unknown }) => is_unknown).map(({ title }) => title))]
  return (
    <>
      <AttributeTable attributes={all ? attributes : known} onRecord={onRecord} />
      <div css={{ padding: '0.75rem 1rem', borderTop: `1px solid ${colour.borderMuted}`, ...slimButtons }}>
        {all ? null : (
          <p css={{ marginBottom: '0.5rem', color: colour.foregroundMuted, fontSize: '0.875rem' }}>
            <strong>{unknown} attributes are unknown:</strong>{' '}
            {names.map((name, index) => (index ? lowerFirst(name) : name)).join(', ')}.
          </p>
        )}
        <Button
          size="sm"
          variant="text"
          aria-expanded={all}
          onClick={() => {
            setAll(!all)
          }}
        >
          {all ? 'Show only what is known' : 'Show unknown ones too'}
        </Button>
      </div>
    </>
  )
}

/** `Zone` as `zone` within a sentence; `LEP clause` stays. */
function lowerFirst(name: string): string {
  return /^[A-Z][a-z]/.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
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
