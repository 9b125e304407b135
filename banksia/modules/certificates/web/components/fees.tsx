import { useMutation, useQueryClient } from '@tanstack/react-query'
import {
  ActionButton,
  DateField,
  ErrorPanel,
  Form,
  formatDate,
  GlCodeField,
  formatMoney,
  MoneyField,
  RowList,
  SelectField,
  SubmitButton,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { addFee, listProductsOptions, withdrawFeeMutation, type FeeRead, type ProductRead } from '../api'

const GST = [
  { value: 'exempt', label: 'Exempt (GST Act, section 81-10)' },
  { value: 'taxable', label: 'Taxable, GST included' },
  { value: 'out_of_scope', label: 'Out of scope' },
]
const WHEN: Record<FeeRead['status'], string> = { past: 'Past', in_force: 'In force', future: 'From then on' }

/** Every fee the certificate had, has and will have. */
export function FeeList({ product }: { product: ProductRead }) {
  const queryClient = useQueryClient()
  const withdraw = useMutation({
    ...withdrawFeeMutation(),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: listProductsOptions().queryKey }),
  })
  return (
    <>
      {withdraw.error ? <ErrorPanel title="The fee was not withdrawn" error={withdraw.error} /> : null}
      <RowList
        inset
        rows={product.fees.map((fee) => ({
          key: fee.id,
          title: (
            <strong>
              {formatMoney(fee.fee_cents)}
              {fee.urgent_fee_cents ? `, urgent ${formatMoney(fee.urgent_fee_cents)} more` : ''}
            </strong>
          ),
          detail: `From ${formatDate(fee.valid_from_on)}. ${GST.find(({ value }) => value === fee.gst_treatment)?.label ?? ''}. Ledger code ${fee.gl_code}.`,
          end:
            fee.status === 'future' ? (
              <ActionButton
                size="sm"
                variant="secondary"
                loading={withdraw.isPending}
                onClick={() => {
                  withdraw.mutate({ path: { code: product.code, fee_id: fee.id } })
                }}
              >
                Withdraw
              </ActionButton>
            ) : (
              WHEN[fee.status]
            ),
        }))}
      />
    </>
  )
}

const cents = (missing: string) =>
  z.number({ error: missing }).int().min(1, 'A fee is more than nothing. Enter 0.01 or more.')

/** A fee from a day on. */
export const feeSchema = z.object({
  valid_from_on: z.string().min(1, 'Enter the day from which the fee applies.'),
  fee_cents: cents('Enter the fee in dollars, more than nothing, such as 69.00.'),
  urgent_fee_cents: cents(
    'Enter in dollars what urgency costs, such as 60.00, or leave it empty.',
  ).nullable(),
  gst_treatment: z.enum(['exempt', 'taxable', 'out_of_scope']),
  gl_code: z.string().trim().min(1, 'Enter the general-ledger code.').max(200),
})

/** A fee from a day on. */
export function FeeForm({ product }: { product: ProductRead }) {
  const queryClient = useQueryClient()
  const [latest] = product.fees
  const form = useKitForm({
    schema: feeSchema,
    defaultValues: {
      valid_from_on: '',
      fee_cents: latest?.fee_cents ?? (null as unknown as number),
      urgent_fee_cents: latest?.urgent_fee_cents ?? null,
      gst_treatment: latest?.gst_treatment ?? 'exempt',
      gl_code: latest?.gl_code ?? '',
    },
    onSubmit: async (body) => {
      await addFee({ path: { code: product.code }, body, throwOnError: true })
      await queryClient.invalidateQueries({ queryKey: listProductsOptions().queryKey })
      form.methods.reset()
    },
  })
  return (
    <Form form={form} label="New fee">
      <FeeFields />
      <SubmitButton>Add fee</SubmitButton>
    </Form>
  )
}

/** What makes a fee; `within` is the part of the form that holds it: `fee.`. */
export function FeeFields({ within = '' }: { within?: string }) {
  return (
    <>
      <DateField name={`${within}valid_from_on`} label="Applies from" />
      <MoneyField name={`${within}fee_cents`} label="Fee" />
      <MoneyField
        name={`${within}urgent_fee_cents`}
        label="Urgency, on top of the fee"
        hint="Leave it empty when urgency is not offered."
        optional
      />
      <SelectField name={`${within}gst_treatment`} label="GST" options={GST} />
      <GlCodeField name={`${within}gl_code`} label="General-ledger code" />
    </>
  )
}
