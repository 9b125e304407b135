import { useState } from 'react'
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  Dialog,
  ErrorPanel,
  formatDayAndTime,
  formatMoney,
  Money,
  PagedList,
  Panel,
  RowList,
  Tag,
  useMay,
} from '@banksia/kit'
import {
  dishonourAccountPaymentMutation,
  listAccountPaymentsInfiniteOptions,
  type AccountPaymentRead,
  type AccountRead,
} from '../api'
import { methodWords } from './ledger-words'

/** What the firm paid, newest first, each with its receipt. */
export function AccountPayments({ account }: { account: AccountRead }) {
  const payments = useInfiniteQuery({
    ...listAccountPaymentsInfiniteOptions({ path: { account_id: account.id }, query: { limit: 20 } }),
    ...byCursor,
  })
  return (
    <Panel title="Payments" flush>
      <PagedList
        query={payments}
        failed="The payments could not be loaded"
        empty="The firm has not paid anything towards its account yet."
        shown={['payment', 'payments']}
      >
        {(rows) => (
          <RowList
            inset
            stack
            rows={rows.map((row) => ({
              key: row.id,
              title: (
                <>
                  {`${methodWords(row.method)}, ${formatDayAndTime(row.received_at)}`}{' '}
                  {row.dishonoured_at ? <Tag>Came back</Tag> : null}
                </>
              ),
              detail: [row.reference, row.drawer, row.cashier_name, row.dishonoured_reason]
                .filter(Boolean)
                .join(', '),
              end: (
                <>
                  {row.receipt_id ? (
                    <TextLink href={`/api/payments/receipts/${row.receipt_id}`}>
                      {`Receipt ${row.receipt_number ?? ''}`}
                    </TextLink>
                  ) : null}
                  <CameBack payment={row} account={account} />
                  <Money cents={row.amount_cents} />
                </>
              ),
            }))}
          />
        )}
      </PagedList>
    </Panel>
  )
}

function CameBack({ payment, account }: { payment: AccountPaymentRead; account: AccountRead }) {
  const may = useMay('payments.cheques.dishonour')
  const [open, setOpen] = useState(false)
  if (!may || payment.method !== 'cheque' || payment.dishonoured_at) return null
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setOpen(true)
        }}
      >
        The cheque came back
      </Button>
      {open ? (
        <CameBackDialog
          payment={payment}
          account={account}
          onClose={() => {
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

interface CameBackDialogProps {
  payment: AccountPaymentRead
  account: AccountRead
  onClose: () => void
}

function CameBackDialog({ payment, account, onClose }: CameBackDialogProps) {
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const dishonour = useMutation({
    ...dishonourAccountPaymentMutation(),
    onSuccess: async () => {
      await queryClient.invalidateQueries()
      onClose()
    },
  })
  const amount = formatMoney(payment.amount_cents)
  const send = () => {
    setWrong(reason.trim() ? '' : 'Enter the bank’s reason. It stands in the books.')
    if (!reason.trim() || dishonour.isPending) return
    const path = { account_id: account.id, account_payment_id: payment.id }
    dishonour.mutate({ path, body: { reason: reason.trim() } })
  }
  return (
    <Dialog
      open
      title={`Cheque ${payment.reference ?? ''} over ${amount} came back`}
      onClose={onClose}
      actions={
        <>
          <Button size="sm" loading={dishonour.isPending} onClick={send}>
            {`Take back ${amount}`}
          </Button>
          <Button size="sm" variant="secondary" onClick={onClose}>
            Leave it as it is
          </Button>
        </>
      }
    >
      {dishonour.error ? <ErrorPanel title="The cheque was not taken back" error={dishonour.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem', marginBottom: '1rem' }}>
        <li>{`${account.name} owes ${amount} again.`}</li>
        <li>The receipt stays; the ledger shows both.</li>
        <li>It cannot be taken back.</li>
      </ul>
      <TextInput
        label="The bank’s reason"
        hideOptionalLabel
        block
        invalid={wrong !== ''}
        message={wrong || undefined}
        value={reason}
        onChange={(event) => {
          setReason(event.target.value)
        }}
      />
    </Dialog>
  )
}
