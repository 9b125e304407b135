import { useState } from 'react'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, DataTable, formatDate, PagedList, Panel, RowCard, StaffPage, Status } from '@banksia/kit'
import { listDisposalsInfiniteOptions, type DisposalRead } from '../../api'
import { MakeDisposal } from '../../components/settings/make-disposal'
import { disposalWords, documentsOf } from '../../components/settings/words'
import { disposalPage } from '../../settings-routes'

/** What is due to be destroyed, by lists that one person makes and another approves. */
export default function DisposalsPage() {
  const lists = useInfiniteQuery({ ...listDisposalsInfiniteOptions(), ...byCursor })
  const [making, setMaking] = useState(false)
  const open = () => {
    setMaking(true)
  }
  return (
    <StaffPage
      title="Disposal lists"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Documents whose period is over and that nothing holds. One person makes a list, another approves it."
      actions={
        making ? null : (
          <Button size="sm" onClick={open}>
            Make a list
          </Button>
        )
      }
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '72rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {making ? (
          <Panel title="New list">
            <MakeDisposal
              onClose={() => {
                setMaking(false)
              }}
            />
          </Panel>
        ) : null}
        <PagedList
          query={lists}
          failed="The lists could not be loaded"
          empty="No list yet. Make one of what is due by a day; nothing is destroyed by making it."
          shown={['list', 'lists']}
        >
          {(rows) => <ListTable rows={rows} />}
        </PagedList>
      </div>
    </StaffPage>
  )
}

const hrefOf = ({ id }: DisposalRead) => disposalPage.href({ params: { disposalId: id } })
const made = (row: DisposalRead) => `${row.made_by_name}, ${formatDate(row.created_at)}`

function Title({ row }: { row: DisposalRead }) {
  return (
    <>
      <TextLink href={hrefOf(row)}>{row.title}</TextLink>
      <span className="detail">{`List ${String(row.number)}, due by ${formatDate(row.due_by_on)}`}</span>
    </>
  )
}

function ListTable({ rows }: { rows: readonly DisposalRead[] }) {
  return (
    <DataTable
      caption="Disposal lists"
      rows={rows}
      rowKey={({ id }) => id}
      rowHref={hrefOf}
      columns={[
        { key: 'title', header: 'List', cell: (row) => <Title row={row} /> },
        { key: 'made', header: 'Made by', width: '16rem', cell: made },
        {
          key: 'count',
          header: 'Documents',
          width: '7rem',
          align: 'right',
          cell: ({ document_count }) => document_count.toLocaleString('en-AU'),
        },
        {
          key: 'state',
          header: 'State',
          width: '11rem',
          cell: ({ state }) => <Status word={disposalWords[state]} />,
        },
      ]}
      card={(row) => (
        <RowCard
          title={<Title row={row} />}
          detail={made(row)}
          start={documentsOf(row.document_count)}
          end={<Status word={disposalWords[row.state]} />}
        />
      )}
    />
  )
}
