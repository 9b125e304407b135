import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, DropArea, ErrorPanel, Panel } from '@banksia/kit'
import { readCatalogueOptions, type BulkPlaced } from '../api'
import { BulkOrder } from '../components/bulk-order'
import { BulkPlacedList } from '../components/bulk-placed'
import { keepBulkTable, useBulkTable } from '../components/bulk-rows'
import { BulkRowList } from '../components/bulk-table'
import { useBulkChecks } from '../components/use-bulk-checks'
import { homePage, ordersPage } from '../routes'

/** Many certificates from one table: upload it, see what each row means, correct it, order all at once. */
export default function BulkPage() {
  const table = useBulkTable()
  const [placed, setPlaced] = useState<BulkPlaced>()
  const { busy, failure, upload, recheck } = useBulkChecks()
  const catalogue = useQuery(readCatalogueOptions())
  if (placed) {
    return (
      <CustomerPage
        title={
          placed.orders.length === 1
            ? 'Your order is placed'
            : `${String(placed.orders.length)} orders are placed`
        }
      >
        <BulkPlacedList orders={placed.orders} />
        <p>
          <TextLink href={ordersPage.href()}>See all your orders</TextLink>
        </p>
      </CustomerPage>
    )
  }
  return (
    <CustomerPage
      title="Order from a list"
      where={<TextLink href={homePage.href()}>Order one at a time</TextLink>}
      lead="Upload a table with one certificate in each row. You see what each row means before anything is ordered."
      wide
      alert={failure ? <ErrorPanel title="The list could not be read" error={failure} /> : undefined}
      aside={
        table ? (
          <BulkOrder
            table={table}
            busy={busy !== undefined}
            onPlaced={(done) => {
              keepBulkTable(null)
              setPlaced(done)
            }}
            onFailed={() => void recheck((leftOut) => [...leftOut])}
          />
        ) : undefined
      }
    >
      <DropArea
        single
        accept=".csv,text/csv,text/plain"
        onFiles={([file]) => {
          if (file) void upload(file)
        }}
      >
        CSV, at most 500 rows.{' '}
        <TextLink href="/api/certificates/bulk/template.csv" download>
          Download the template
        </TextLink>
      </DropArea>
      {busy ? <p role="status">Reading the rows</p> : null}
      {table && catalogue.data ? (
        <div inert={busy === 'file'}>
          <BulkRowList table={table} catalogue={catalogue.data} busy={busy === 'rows'} onChange={recheck} />
        </div>
      ) : null}
      {table ? null : <HowTo />}
    </CustomerPage>
  )
}

function HowTo() {
  return (
    <Panel title="What the table holds">
      <ul css={{ paddingLeft: '1.25rem', marginBottom: '0.75rem', display: 'grid', gap: '0.25rem' }}>
        <li>
          The land: <strong>lot</strong>, <strong>section</strong> and <strong>plan</strong>, or one column{' '}
          <strong>parcel</strong>, <strong>address</strong> or <strong>assessment</strong>.
        </li>
        <li>
          The certificate: its code or title under <strong>product</strong>, and yes or no under{' '}
          <strong>urgent</strong>.
        </li>
        <li>
          Your <strong>matter</strong> number: rows of one matter become one order with one receipt.
        </li>
      </ul>
      <p>
        Only land that is named exactly is taken. What can be several lots is yours to choose; nothing is
        guessed.
      </p>
    </Panel>
  )
}
