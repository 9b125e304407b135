import { useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import { colour, DataTable, EmptyState, FindForm, formatDate, Loaded, RowCard } from '@banksia/kit'
import { type FoundDocument, searchDocumentsOptions } from '../api'
import { filePage, findPage } from '../routes'
import { Days } from './log'
import { TypeTag } from './marks'
import { counted, labelWords } from './words'

const kinds = [
  { value: '', label: 'All folders' },
  { value: 'fixed', label: 'Folders of every file' },
  { value: 'application', label: 'Development applications' },
  { value: 'own', label: 'Folders of one property' },
] as const

/** Documents of all files by the words in them; what narrows the search stands in the address. */
export function FindDocuments() {
  const { q, kind, application, from, until, person } = findPage.useSearch()
  const asked = Boolean(q)
  const found = useQuery({
    ...searchDocumentsOptions({
      query: {
        q: q ?? '',
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
      <SearchFilters />
      {asked ? (
        <Loaded query={found} failed="The search did not answer">
          {({ results, more }) =>
            results.length === 0 ? (
              <EmptyState>
                {`No document has ${q ? `“${q}”` : 'what you look for'}. Try fewer words, other days, or all folders.`}
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
          Type words of a title, a file name, a description, a comment or the text itself.
        </EmptyState>
      )}
    </>
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

function FoundTable({ rows }: { rows: readonly FoundDocument[] }) {
  const hrefOf = (document: FoundDocument) =>
    filePage.href({
      params: { propertyId: document.property_id },
      search: { folder: document.folder_id, document: document.id },
    })
  const day = (document: FoundDocument) => formatDate(document.dated_on ?? document.latest.created_at)
  return (
    <DataTable
      caption="Documents found"
      rows={rows}
      rowKey={(document) => document.id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'title',
          header: 'Document',
          cell: (document) => (
            <span css={{ display: 'inline-flex', gap: '0.625rem', alignItems: 'center' }}>
              <TypeTag document={document} />
              <TextLink href={hrefOf(document)}>{document.title}</TextLink>
            </span>
          ),
        },
        { key: 'property', header: 'Property', cell: (document) => labelWords(document.property_label) },
        { key: 'folder', header: 'Folder', cell: (document) => document.folder_name },
        { key: 'day', header: 'Date', width: '8rem', cell: day },
      ]}
      card={(document) => (
        <RowCard
          title={<TextLink href={hrefOf(document)}>{document.title}</TextLink>}
          detail={labelWords(document.property_label)}
          start={document.folder_name}
          end={day(document)}
        />
      )}
    />
  )
}
