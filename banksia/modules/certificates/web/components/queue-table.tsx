import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  type Column,
  DataTable,
  Due,
  dueEdge,
  RowCard,
  Status,
  Tag,
  UrgentTag,
  useMay,
  useUser,
  formatAddress,
} from '@banksia/kit'
import { assignLineMutation, type QueueLineRead } from '../api'
import { draftPage, queuePage } from '../staff-routes'
import { AssignSelected } from './assign-selected'
import { IssueSelected } from './issue-selected'
import { isOfQueue } from './of-queue'
import { OfficerChanged } from './officer-changed'
import { dueOf, staffLineWords } from './staff-words'

const hrefOf = (line: QueueLineRead) => draftPage.href({ params: { lineId: line.id } })
const place = (line: QueueLineRead) => formatAddress(line.address) || line.parcel

function columns(withOfficer: boolean): Column<QueueLineRead>[] {
  return [
    { key: 'due', header: 'Due', sort: 'due', width: '10rem', cell: (line) => <Due {...dueOf(line)} /> },
    {
      key: 'property',
      header: 'Property',
      sort: 'property',
      cell: (line) => (
        <>
          <TextLink href={hrefOf(line)}>{place(line)}</TextLink>
          <span className="detail">{line.parcel}</span>
        </>
      ),
    },
    {
      key: 'product',
      header: 'Certificate',
      sort: 'product',
      cell: (line) => (
        <>
          {line.product_title} {line.urgent ? <UrgentTag /> : null}
        </>
      ),
    },
    {
      key: 'order',
      header: 'Order and customer',
      sort: 'order',
      cell: (line) => (
        <>
          {line.order_number} <LineTags line={line} />
          <span className="detail">
            {[line.firm_name ?? line.customer_name, line.reference].filter(Boolean).join(', ')}
          </span>
        </>
      ),
    },
    ...(withOfficer
      ? [
          {
            key: 'officer',
            header: 'Officer',
            wideOnly: true,
            cell: (line: QueueLineRead) => line.assigned_to_name ?? 'Nobody yet',
          },
        ]
      : []),
    {
      key: 'state',
      header: 'State',
      sort: 'state',
      width: '10rem',
      cell: (line) => <Status word={staffLineWords[line.state]} />,
    },
  ]
}

function LineTags({ line }: { line: QueueLineRead }) {
  return (
    <>
      {line.customer_wrote_at ? <Tag>Customer wrote</Tag> : null}
      {line.mail_bounced_at ? <Tag tone="urgent">Mail came back</Tag> : null}
      {line.collects ? <Tag>Collects</Tag> : null}
    </>
  )
}

/** Lines of the queue: what is late, what is next; a card each on a phone. */
export function QueueTable({ lines }: { lines: readonly QueueLineRead[] }) {
  const { view, sort } = queuePage.useSearch()
  const setSearch = queuePage.useSetSearch()
  const user = useUser()
  const mayPrepare = useMay('certificates.lines.prepare')
  const queryClient = useQueryClient()
  const assign = useMutation({
    ...assignLineMutation(),
    onSuccess: () => queryClient.invalidateQueries(),
    onError: () => queryClient.invalidateQueries({ predicate: ({ queryKey }) => isOfQueue(queryKey) }),
  })
  const takeFrom = (lineId: string, seen_officer_id: string | null) => {
    assign.mutate({ path: { line_id: lineId }, body: { officer_id: user?.id ?? null, seen_officer_id } })
  }
  const take = (line: QueueLineRead) => {
    takeFrom(line.id, line.assigned_to_id)
  }
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const shown = lines.filter(({ id }) => selected.has(id))
  const selectable = mayPrepare && view !== 'issued'
  return (
    <>
      <OfficerChanged
        error={assign.error}
        onTakeOver={(officerId) => {
          if (assign.variables) takeFrom(assign.variables.path.line_id, officerId)
        }}
      />
      {selectable ? (
        <AssignSelected
          lines={shown}
          onDone={() => {
            setSelected(new Set())
          }}
        >
          <IssueSelected
            lines={shown}
            onStarted={(batch) => {
              setSelected(new Set())
              setSearch({ batch })
            }}
          />
        </AssignSelected>
      ) : null}
      <DataTable
        caption="Certificates in this view"
        columns={columns(view !== 'mine' && view !== 'unassigned')}
        rows={lines}
        rowKey={(line) => line.id}
        rowHref={hrefOf}
        edge={(line) => (line.state === 'issued' ? undefined : dueEdge(dueOf(line)))}
        sort={sort}
        onSort={(next) => {
          setSearch({ sort: next as typeof sort })
        }}
        selection={
          selectable
            ? {
                selected,
                onChange: setSelected,
                nameOf: (line) => `${line.product_title} for ${place(line)}`,
              }
            : undefined
        }
        rowKeys={mayPrepare ? { a: { label: 'Assign to me', run: take } } : undefined}
        card={(line) => (
          <RowCard
            top={<Due {...dueOf(line)} />}
            topEnd={line.urgent ? <UrgentTag /> : null}
            title={<TextLink href={hrefOf(line)}>{place(line)}</TextLink>}
            detail={`${line.product_title}, ${line.parcel}`}
            start={
              <>
                {line.order_number} <LineTags line={line} />
              </>
            }
            end={<Status word={staffLineWords[line.state]} />}
          />
        )}
      />
    </>
  )
}
