import { useRef, useState } from 'react'
import {
  DecisionPanel,
  type Firm,
  Form,
  Notice,
  SkeletonRows,
  SubmitButton,
  Sums,
  TextField,
  useFirms,
  useKitForm,
  useUser,
} from '@banksia/kit'
import { z } from 'zod'
import { placeInBulk, type BulkPlaced } from '../api'
import type { BulkTable } from './bulk-rows'
import { chosenFirm, firmOf, WhomFor } from './whom-for'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter your name.').max(200),
  email: z.email('Enter the email address that the receipts and the certificates go to.'),
  phone: z.string().trim().max(40),
  firm: z.string().optional(),
})

const CORRECT = 'Nothing is ordered yet. Correct each of them, or leave it out, then order.'
const BUSY = {
  title: 'The rows are being read',
  words: 'Nothing is ordered yet. See what they make, then order.',
}
const NONE = { title: 'No row is ready', words: 'Upload a list, or put rows back.' }

interface BulkOrderProps {
  table: BulkTable
  /** The rows are being read: what they make is not known yet. */
  busy: boolean
  onPlaced: (placed: BulkPlaced) => void
  /** The council refused: what it says of the rows now is asked for. */
  onFailed: () => void
}

/** What the ready rows make, who orders, and the step that commits. Nothing is left out without a word. */
export function BulkOrder(props: BulkOrderProps) {
  const firms = useFirms()
  return (
    <div css={{ position: 'sticky', top: '1rem' }}>
      <DecisionPanel title="Your orders">
        {firms ? <PlaceRows {...props} firms={firms} /> : <SkeletonRows />}
      </DecisionPanel>
    </div>
  )
}

function PlaceRows({ table, busy, onPlaced, onFailed, firms }: BulkOrderProps & { firms: readonly Firm[] }) {
  const user = useUser()
  const sent = useRef({ body: '', key: '' })
  const [told, setTold] = useState<string>()
  const { read, leftOut } = table
  const active = read.rows.filter(({ row }) => !leftOut.includes(row))
  const waiting = active.filter(({ verdict }) => verdict !== 'ready').length
  const ready = active.flatMap(({ verdict, property_id, found_parcel, product_code, is_urgent, matter }) =>
    verdict === 'ready' && property_id && found_parcel && product_code
      ? [{ property_id, parcel: found_parcel, product: product_code, urgent: is_urgent, matter }]
      : [],
  )
  const missing = waiting === 1 ? '1 row is not ready' : `${String(waiting)} rows are not ready`
  const unready = waiting > 0 ? { title: missing, words: CORRECT } : ready.length === 0 ? NONE : null
  const obstacle = busy ? BUSY : unready
  const form = useKitForm({
    schema,
    defaultValues: {
      name: user?.name ?? '',
      email: user?.email ?? '',
      phone: '',
      firm: firmOf(firms, undefined),
    },
    onSubmit: async ({ name, email, phone, firm }) => {
      setTold(obstacle?.title)
      if (obstacle) return
      const body = {
        rows: ready,
        contact: { name, email, phone: phone || null },
        firm_id: chosenFirm(firms, firm)?.id ?? null,
        seen_total_cents: read.total_cents,
      }
      // The same rows sent twice are the same orders; other rows are other ones.
      const text = JSON.stringify(body)
      if (sent.current.body !== text) sent.current = { body: text, key: crypto.randomUUID() }
      const placing = placeInBulk({
        headers: { 'Idempotency-Key': sent.current.key },
        body,
        throwOnError: true,
      })
      const { data } = await placing.catch((error: unknown) => {
        onFailed()
        throw error
      })
      onPlaced(data)
    },
  })
  const orders = `${String(read.order_count)} order${read.order_count === 1 ? '' : 's'}`
  return (
    <>
      <Sums
        sums={[]}
        total={{
          label: `${String(ready.length)} certificate${ready.length === 1 ? '' : 's'} in ${orders}`,
          cents: read.total_cents,
        }}
        note={waiting > 0 ? `${missing}. Correct them, or leave them out.` : undefined}
      />
      <div css={{ marginTop: '1rem' }}>
        <Form form={form} label="Who orders">
          <WhomFor firms={firms} />
          <TextField name="name" label="Name" autoComplete="name" width="full" />
          <TextField name="email" label="Email" type="email" autoComplete="email" width="full" />
          <TextField name="phone" label="Phone" type="tel" autoComplete="tel" width="full" optional />
          {obstacle && obstacle.title === told ? (
            <Notice tone="error" role="alert" title={obstacle.title}>
              <p>{obstacle.words}</p>
            </Notice>
          ) : null}
          <SubmitButton block>{`Place ${orders}`}</SubmitButton>
        </Form>
      </div>
      <p css={{ fontSize: '0.875rem', marginTop: '0.75rem' }}>
        Each order is paid by itself, after this step.
      </p>
    </>
  )
}
