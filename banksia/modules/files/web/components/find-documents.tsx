import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, EmptyState, FindForm, Loaded } from '@banksia/kit'
import { readFileOptions, searchDocumentsOptions } from '../api'
import { filePage, findPage } from '../routes'
import { fileTitle } from './file-head'
import { FoundTable } from './found-table'
import { Days } from './log'
import { counted } from './words'

const kinds = [
  { value: '', label: 'All folders' },
  { value: 'fixed', label: 'Folders of every file' },
  { value: 'application', label: 'Development applications' },
  { value: 'own', label: 'Folders of one property' },
] as const

/** Documents of all files by the words in them; what narrows the search stands in the address. */
export function FindDocuments() {
  const { q, property, kind, application, from, until, person } = findPage.useSearch()
  const asked = Boolean(q ?? kind ?? application ?? from ?? until ?? person)
  const found = useQuery({
    ...searchDocumentsOptions({
      query: {
        q: q ?? '',
        property_id: property,
        kind,
        application_number: application,
        from_on: from,
        until_on: until,
        person,
        limit: 50,
      },
    }),
    enabled: asked,
    placeholderData: keepPreviousData,
  })
  return (
    <>
      {property ? <InFile key={property} propertyId={property} /> : null}
      <SearchFilters />
      {asked ? (
        <Loaded query={found} failed="The search did not answer">
          {({ results, more }) =>
            results.length === 0 ? (
              <EmptyState>
                {`No document ${property ? 'of this file ' : ''}${q ? `has “${q}”` : 'is as you look for'}. Try fewer words, other days, or all folders.`}
              </EmptyState>
            ) : (
              <>
                <FoundTable rows={results} />
                <p role="status" css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
                  {more
                    ? `The first ${String(results.length)} documents. Narrow the search to see others.`
                    : counted(results.length, 'document')}
                </p>
              </>
            )
          }
        </Loaded>
      ) : (
        <EmptyState>
          Type words of a title, a file name, a description, a comment or the text itself, or choose a folder,
          a person or days.
        </EmptyState>
      )}
    </>
  )
}

/** Which file is searched, and the way out of it. */
function InFile({ propertyId }: { propertyId: string }) {
  const file = useQuery(readFileOptions({ path: { property_id: propertyId } }))
  const setSearch = findPage.useSetSearch()
  return (
    <p
      css={{
        display: 'flex',
        flexWrap: 'wrap',
        alignItems: 'center',
        gap: '0.25rem 1rem',
        marginBottom: '1rem',
      }}
    >
      <span>
        In the file of{' '}
        <TextLink href={filePage.href({ params: { propertyId } })}>
          {file.data ? fileTitle(file.data) : 'one property'}
        </TextLink>
      </span>
      <Button
        size="sm"
        variant="text"
        onClick={() => {
          setSearch({ property: undefined })
        }}
      >
        Search in all files
      </Button>
    </p>
  )
}

function SearchFilters() {
  const { q, kind, application, from, until, person } = findPage.useSearch()
  const setSearch = findPage.useSetSearch()
  return (
    <FindForm
      label="Words"
      button="Search in documents"
      value={q}
      onFind={(text) => {
        setSearch({ q: text })
      }}
      applied={kinds.find(({ value }) => value === (kind ?? ''))?.label ?? ''}
    >
      <Select
        label="Folders"
        hideOptionalLabel
        value={kind ?? ''}
        options={[...kinds]}
        onChange={(event) => {
          const chosen = kinds.find(({ value }) => value === event.target.value)?.value
          setSearch({ kind: chosen === '' ? undefined : chosen })
        }}
      />
      <Filter
        key={`application ${application ?? ''}`}
        label="DA number"
        value={application}
        onChange={(text) => {
          setSearch({ application: text })
        }}
      />
      <Filter
        key={`person ${person ?? ''}`}
        label="Added by"
        value={person}
        onChange={(text) => {
          setSearch({ person: text })
        }}
      />
      <Days
        from={from}
        until={until}
        onChange={(days) => {
          setSearch(days)
        }}
      />
    </FindForm>
  )
}

interface FilterProps {
  label: string
  value: string | undefined
  onChange: (text: string | undefined) => void
}

/** A filter in words: it counts once one leaves it. */
function Filter({ label, value, onChange }: FilterProps) {
  const [typed, setTyped] = useState(value ?? '')
  return (
    <TextInput
      label={label}
      hideOptionalLabel
      maxWidth="md"
      value={typed}
      onChange={(event) => {
        setTyped(event.target.value)
      }}
      onBlur={() => {
        const text = typed.trim() || undefined
        if (text !== value) onChange(text)
      }}
    />
  )
}
