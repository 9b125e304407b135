import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  formatParcelShort,
  Panel,
  PdfPreview,
  propertyQuery,
  PropertySearch,
  propertyTitle,
  type PropertyMatch,
} from '@banksia/kit'

interface TemplatePreviewProps {
  code: string
  title: string
  /** The version in force and the save of its draft, so that whatever changes is drawn anew. */
  version: string
  /** Whether the saved text prints; a broken one is not drawn. */
  prints: boolean
}

/** The saved text as it will be printed, for a property that one looks for or for an invented one. */
export function TemplatePreview({ code, title, version, prints }: TemplatePreviewProps) {
  const [match, setMatch] = useState<PropertyMatch>()
  const [parcel, setParcel] = useState<string>()
  const chosen = parcel ?? match?.parcels[0]
  const words = new URLSearchParams({ version })
  if (match) words.set('property_id', match.id)
  if (match && chosen) words.set('parcel', chosen)
  const url = `/api/certificates/templates/${encodeURIComponent(code)}/preview.pdf?${words.toString()}`
  return (
    <>
      <Panel
        title="Preview for"
        hint={match ? propertyTitle(match) : 'An invented property of which all is known'}
      >
        <div css={{ display: 'grid', gap: '0.75rem' }}>
          <PropertySearch
            label="Find a property"
            hint="Address, lot and plan, or assessment number"
            onChoose={(found) => {
              setMatch(found)
              setParcel(undefined)
            }}
          />
          {match && match.parcels.length > 1 ? (
            <Parcels propertyId={match.id} chosen={chosen} onChoose={setParcel} />
          ) : null}
        </div>
      </Panel>
      {prints ? (
        <PdfPreview
          url={url}
          name={`Preview of ${title}`}
          hint="The saved text. It is stored nowhere and has no number."
          action={
            <TextLink href={url} target="_blank" rel="noreferrer">
              Open PDF
            </TextLink>
          }
        />
      ) : (
        <Panel title="Preview">
          <p>The text has mistakes. Put them right and save to see it.</p>
        </Panel>
      )}
    </>
  )
}

interface ParcelsProps {
  propertyId: string
  chosen: string | undefined
  onChoose: (parcel: string) => void
}

function Parcels({ propertyId, chosen, onChoose }: ParcelsProps) {
  const property = useQuery(propertyQuery(propertyId))
  const parcels = property.data?.parcels ?? []
  return (
    <Select
      label="Lot"
      hideOptionalLabel
      value={chosen}
      options={parcels.map(({ text }) => ({ value: text, label: formatParcelShort(text) }))}
      onChange={(event) => {
        onChoose(event.target.value)
      }}
    />
  )
}
