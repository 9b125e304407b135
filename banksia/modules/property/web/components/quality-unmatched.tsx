import { useState } from 'react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  byCursor,
  DataTable,
  Dialog,
  ErrorPanel,
  formatDayAndTime,
  PagedList,
  RowCard,
  slimButtons,
  useMay,
} from '@banksia/kit'
import { importPage } from '../admin-routes'
import { listUnmatchedInfiniteOptions, resolveUnmatchedMutation, type UnmatchedRead } from '../api'
import { findPage } from '../routes'
import { inWords, number } from './import-words'

/** What the row says, `Name: Mei Tran, Since: 2019`. */
const said = ({ cells }: UnmatchedRead) =>
  Object.entries(cells)
    .map(([field, value]) => `${inWords(field)}: ${value}`)
    .join(', ')

/** Rows of files about properties that are not known here, until somebody places them or lets them go. */
export function UnmatchedList({ of }: { of: UnmatchedRead['kind'] }) {
  const [resolving, setResolving] = useState<UnmatchedRead>()
  const mayResolve = useMay('property.imports.run')
  const unmatched = useInfiniteQuery({
    ...listUnmatchedInfiniteOptions({ query: { of, limit: 50 } }),
    ...byCursor,
  })
  const act = (row: UnmatchedRead) =>
    mayResolve ? (
      <span css={slimButtons}>
        <Button
          size="sm"
          variant="secondary"
          aria-label={`Resolve ${row.key}`}
          onClick={() => setResolving(row)}
        >
          Resolve
        </Button>
      </span>
    ) : null
  return (
    <>
      <PagedList
        query={unmatched}
        failed="The list could not be loaded"
        empty="Every row has found its property."
        shown={['row', 'rows']}
      >
        {(rows) => (
          <DataTable
            caption="Rows without a property"
            rows={rows}
            rowKey={({ id }) => id}
            columns={[
              {
                key: 'key',
                header: 'Lot or assessment in the file',
                width: '16rem',
                cell: (row) => (
                  <>
                    <strong>{row.key}</strong>
                    <span className="detail">
                      <Find row={row} />
                    </span>
                  </>
                ),
              },
              {
                key: 'said',
                header: 'The row',
                cell: (row) => (
                  <>
                    {said(row)}
                    <span className="detail">{row.reason}</span>
                  </>
                ),
              },
              {
                key: 'file',
                header: 'From',
                width: '14rem',
                wideOnly: true,
                cell: (row) => <From row={row} />,
              },
              { key: 'act', header: 'Decision', width: '8rem', cell: act },
            ]}
            card={(row) => (
              <RowCard
                top={<From row={row} />}
                title={<strong>{row.key}</strong>}
                detail={`${said(row)} ${row.reason}`}
                start={<Find row={row} />}
                end={act(row)}
              />
            )}
          />
        )}
      </PagedList>
      {resolving ? (
        <Resolve key={resolving.id} row={resolving} onClose={() => setResolving(undefined)} />
      ) : null}
    </>
  )
}

function Find({ row }: { row: UnmatchedRead }) {
  return (
    <TextLink href={findPage.href({ search: { q: row.key } })} aria-label={`Search for it: ${row.key}`}>
      Search for it
    </TextLink>
  )
}

function From({ row }: { row: UnmatchedRead }) {
  return (
    <>
      <TextLink href={importPage.href({ params: { runId: row.import_run_id } })}>
        {row.file_name ?? 'An import'}
      </TextLink>
      <span className="detail">{`line ${number(row.line)}, ${formatDayAndTime(row.created_at)}`}</span>
    </>
  )
}

function Resolve({ row, onClose }: { row: UnmatchedRead; onClose: () => void }) {
  const [note, setNote] = useState('')
  const queryClient = useQueryClient()
  const resolve = useMutation({
    ...resolveUnmatchedMutation(),
    onSuccess: async () => {
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Resolve ${row.key}`}
      actions={
        <>
          <ActionButton
            loading={resolve.isPending}
            onClick={() => resolve.mutate({ path: { row_id: row.id }, body: { note: note.trim() } })}
          >
            Take it off the list
          </ActionButton>
          <Button variant="secondary" onClick={onClose}>
            Keep it on the list
          </Button>
        </>
      }
    >
      {resolve.error ? <ErrorPanel title="The row was not resolved" error={resolve.error} /> : null}
      <p css={{ marginBottom: '1rem' }}>
        A row that belongs to a property here finds it by itself when its file is imported again. Resolve what
        was entered by hand, or what never belonged to this council.
      </p>
      <TextInput
        label="What was done (optional)"
        hideOptionalLabel
        block
        value={note}
        onChange={({ target }) => setNote(target.value)}
      />
    </Dialog>
  )
}
