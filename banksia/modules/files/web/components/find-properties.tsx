import { useEffect, useState } from 'react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { StarFilledIcon } from '@ag.ds-next/react/icon'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  colour,
  EmptyState,
  formatDayAndTime,
  formatParcel,
  Loaded,
  noProperty,
  propertyTitle,
  RADIUS,
  tabularFigures,
  useRested,
} from '@banksia/kit'
import { type FileSummary, findFilesOptions } from '../api'
import { filePage, findPage } from '../routes'
import { actionWord, counted, PINNED } from './words'

/** The files that fit what is typed, as it is typed. */
export function FindProperties() {
  const { q = '' } = findPage.useSearch()
  const setSearch = findPage.useSetSearch()
  const [typed, setTyped] = useState(q)
  const rested = useRested(typed.trim(), 200)
  useEffect(() => {
    if (rested !== q) setSearch({ q: rested || undefined })
  }, [rested, q, setSearch])
  const found = useQuery({
    ...findFilesOptions({ query: { q: rested, limit: 10 } }),
    enabled: rested !== '',
    placeholderData: keepPreviousData,
  })
  return (
    <>
      <search css={{ maxWidth: '42rem' }}>
        <TextInput
          label="Find the property"
          hint="Lot, section, plan, a part of them, street address, or assessment number"
          hideOptionalLabel
          block
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => {
            setTyped(event.target.value)
          }}
        />
      </search>
      {rested === '' ? (
        <EmptyState>Type an address or a lot and plan, such as 54 Williwa Street or 2/2/2288.</EmptyState>
      ) : (
        <Loaded query={found} failed="The search did not answer">
          {({ results }) =>
            results.length === 0 ? (
              <EmptyState>{noProperty(rested)}</EmptyState>
            ) : (
              <>
                <p role="status" css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>
                  {counted(results.length, 'property', 'properties')}
                </p>
                <ul
                  css={{
                    listStyle: 'none',
                    border: `1px solid ${colour.borderMuted}`,
                    borderRadius: RADIUS.panel,
                    '& > li': { padding: '0.75rem 1rem' },
                    '& > li + li': { borderTop: `1px solid ${colour.borderMuted}` },
                  }}
                >
                  {results.map((each) => (
                    <li key={each.property_id}>
                      <Found summary={each} />
                    </li>
                  ))}
                </ul>
              </>
            )
          }
        </Loaded>
      )}
    </>
  )
}

/** A file in a few lines: whether one looks for this one is told without opening it. */
function Found({ summary }: { summary: FileSummary }) {
  const params = { propertyId: summary.property_id }
  const land = summary.parcels.map((parcel) => formatParcel(parcel)).join(', ')
  const state = summary.status === 'current' ? '' : summary.status
  const touched =
    summary.last_at && summary.last_action
      ? `${actionWord(summary.last_action)} by ${summary.last_actor_name ?? 'somebody'}, ${formatDayAndTime(summary.last_at)}`
      : ''
  return (
    <div css={{ display: 'grid', gap: '0.25rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem' }}>
        <h2 css={{ fontSize: '1rem', lineHeight: 1.4 }}>
          <TextLink href={filePage.href({ params })}>
            {propertyTitle({ address: summary.address, parcels: summary.parcels })}
          </TextLink>
        </h2>
        <span css={{ ...tabularFigures, whiteSpace: 'nowrap' }}>
          {summary.document_count === 0 ? 'No documents' : counted(summary.document_count, 'document')}
        </span>
      </div>
      <p css={muted}>
        {[land, summary.assessment && `assessment ${summary.assessment}`, state].filter(Boolean).join(', ')}
      </p>
      {summary.folders.length > 0 ? (
        <ul css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1rem', listStyle: 'none' }}>
          {summary.folders.map(({ folder_id, name, document_count }) => (
            <li key={folder_id}>
              <TextLink href={filePage.href({ params, search: { folder: folder_id } })}>{name}</TextLink>{' '}
              {document_count.toLocaleString('en-AU')}
            </li>
          ))}
        </ul>
      ) : null}
      {summary.pinned.length > 0 ? (
        <p css={{ display: 'flex', alignItems: 'center', gap: '0.375rem' }}>
          <StarFilledIcon size="sm" aria-hidden="false" aria-label="Pinned" css={{ color: PINNED }} />
          {summary.pinned.join(', ')}
        </p>
      ) : null}
      {summary.comment ? (
        <p>
          {`“${summary.comment}” `}
          <span css={muted}>
            {`${summary.comment_by ?? ''}${summary.comment_at ? `, ${formatDayAndTime(summary.comment_at)}` : ''}`}
          </span>
        </p>
      ) : null}
      {touched ? <p css={muted}>{touched}</p> : null}
    </div>
  )
}

const muted = { color: colour.foregroundMuted, fontSize: '0.875rem' } as const
