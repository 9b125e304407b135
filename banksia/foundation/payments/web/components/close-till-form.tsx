import { useWatch } from 'react-hook-form'
import { useQueryClient } from '@tanstack/react-query'
import {
  DecisionPanel,
  Form,
  formatMoney,
  MoneyField,
  SubmitButton,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { closeTill, type TillSessionRead } from '../api'
import { CashCount } from './cash-count'
import { placeOf, sumOf, tillMethodWords } from './till-words'

const cents = (message: string) => z.number(message).int(message).min(0, message).max(99_999_999, message)
const schema = z.object({
  cash_cents: cents('Count the cash, with the float.'),
  eftpos_cents: cents('Enter the sum of the terminal’s slips, 0 for none.'),
  cheque_cents: cents('Enter the sum of the cheques, 0 for none.'),
  variance_reason: z.string().trim().max(200),
})
const METHODS = ['cash', 'eftpos', 'cheque'] as const

/** `Cash $1.00 short, EFTPOS $2.00 over`, or nothing while it fits. */
export function varianceWords(found: TillSessionRead, counted: Record<string, number>): string {
  return METHODS.flatMap((method) => {
    const difference = (counted[method] ?? Number.NaN) - (sumOf(found, method)?.expected_cents ?? 0)
    if (!Number.isInteger(difference) || difference === 0) return []
    const words = `${formatMoney(Math.abs(difference))} ${difference > 0 ? 'over' : 'short'}`
    return [`${tillMethodWords[method]} ${words}`]
  }).join(', ')
}

/** Count by method; what differs needs a reason. */
export function CloseTillForm({ found }: { found: TillSessionRead }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema,
    defaultValues: {
      cash_cents: Number.NaN,
      eftpos_cents: Number.NaN,
      cheque_cents: Number.NaN,
      variance_reason: '',
    },
    onSubmit: async ({ variance_reason, ...counted }) => {
      const body = { ...counted, variance_reason: variance_reason || null }
      await closeTill({ path: { session_id: found.id }, body, throwOnError: true })
      await queryClient.invalidateQueries()
    },
  })
  const [cash, eftpos, cheque] = useWatch({
    control: form.methods.control,
    name: ['cash_cents', 'eftpos_cents', 'cheque_cents'],
  })
  const variance = varianceWords(found, { cash, eftpos, cheque })
  return (
    <DecisionPanel title={`Close ${placeOf(found)}`} id="close">
      <ul css={{ paddingLeft: '1.25rem', margin: '0.75rem 0 1rem' }}>
        <li>Nothing more is taken into this till until somebody opens it again.</li>
        <li>The count is kept beside what should be there, and cannot be changed.</li>
        <li>
          Cash above the float of {formatMoney(found.float_cents)}, and the cheques, then wait for the bank.
        </li>
      </ul>
      <Form form={form} label="Close the till">
        <MoneyField name="cash_cents" label="Cash counted" hint="All notes and coins, with the float." />
        <CashCount
          onCount={(counted) => {
            form.methods.setValue('cash_cents', counted)
          }}
        />
        <MoneyField
          name="eftpos_cents"
          label="EFTPOS slips"
          hint="What the terminal took, without what it gave back."
        />
        <MoneyField name="cheque_cents" label="Cheques" hint="The sum of the cheques in the drawer." />
        {variance ? (
          <>
            <p role="status" css={{ fontWeight: 'bold' }}>{`Differs: ${variance}`}</p>
            <TextField
              name="variance_reason"
              label="Reason for the difference"
              hint="Count again first. The reason stands in the books."
              width="full"
            />
          </>
        ) : null}
        <SubmitButton>Close till</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
