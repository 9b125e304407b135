import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, compactFields, formatDayAndTime, PagedList, RowList } from '@banksia/kit'
import { type ActivityRead, readDocumentLogInfiniteOptions } from '../api'
import { actorOf, detailOf } from './log-detail'
import { actions } from './words'

const LOOKS: readonly ActivityRead['action'][] = ['document_viewed', 'document_downloaded']

/** What was done to one document, the newest first, with the paper that says so to a court. */
export function DocumentLog({ documentId }: { documentId: string }) {
  const [shown, setShown] = useState('all')
  const log = useInfiniteQuery({
    ...readDocumentLogInfiniteOptions({ path: { document_id: documentId }, query: { limit: 50 } }),
    ...byCursor,
  })
  const fits = ({ action }: ActivityRead) => shown === 'all' || LOOKS.includes(action) === (shown === 'looks')
  return (
    <div css={{ display: 'grid', gap: '0.75rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <TextLink href={`/api/files/documents/${documentId}/custody`} target="_blank">
        Chain of custody (PDF)
      </TextLink>
      <div css={compactFields}>
        <Select
          label="Show"
          hideOptionalLabel
          value={shown}
          options={[
            { value: 'all', label: 'Everything' },
            { value: 'changes', label: 'Without views and downloads' },
            { value: 'looks', label: 'Views and downloads' },
          ]}
          onChange={(event) => {
            setShown(event.target.value)
          }}
        />
      </div>
      <PagedList
        query={log}
        failed="The log could not be loaded"
        empty="Nothing was done to it yet."
        shown={(rows) => `${String(rows.filter(fits).length)} of ${String(rows.length)} entries shown`}
        skeleton={3}
      >
        {(rows) => (
          <RowList
            rows={rows.filter(fits).map((entry) => ({
              key: entry.id,
              title: actions[entry.action],
              detail: [`${actorOf(entry)}, ${formatDayAndTime(entry.created_at)}`, detailOf(entry)]
                .filter(Boolean)
                .join(', '),
            }))}
          />
        )}
      </PagedList>
    </div>
  )
}
