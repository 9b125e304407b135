import { useQueryClient } from '@tanstack/react-query'
import { dayOf, Form, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import { createProduct, type ProductRead } from '../api'
import { FeeFields } from './fees'
import { ProductFields } from './product-fields'
import { newProductSchema, sentOf, type NewProduct } from './product-schema'

interface NewProductFormProps {
  /** What the council has already. */
  products: readonly ProductRead[]
  onAdded: (added: ProductRead) => void
}

const LAST_PLACE = 999

/** As most certificates are; the code is the number prefix of a link, which numbers nothing. */
const blank = (products: readonly ProductRead[]): NewProduct => ({
  code: '',
  kind: 'sale',
  title: '',
  short_title: '',
  description: '',
  law: '',
  link_url: '',
  template: 'notices',
  number_prefix: '',
  contains: [],
  turnaround_days: '5',
  urgent_turnaround_days: '',
  cut_off: '15:00',
  closed_from_on: '',
  opens_again_on: '',
  closed_reason: '',
  is_offered: true,
  needs_check: false,
  position: String(Math.min(LAST_PLACE, Math.max(0, ...products.map(({ position }) => position)) + 1)),
  fee: {
    valid_from_on: dayOf(new Date()),
    fee_cents: Number.NaN,
    urgent_fee_cents: null,
    gst_treatment: 'exempt',
    gl_code: '',
  },
})

/** A certificate that the council did not have: what it is, and from when on it costs what. */
export function NewProductForm({ products, onAdded }: NewProductFormProps) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: newProductSchema,
    defaultValues: blank(products),
    onSubmit: async (typed) => {
      const isSold = typed.kind === 'sale'
      const sent = sentOf(typed)
      const prefix = isSold ? sent.number_prefix : typed.code.toUpperCase().slice(0, 12)
      const body = { ...sent, code: typed.code, number_prefix: prefix, fee: isSold ? typed.fee : null }
      const { data } = await createProduct({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      onAdded(data)
    },
  })
  return (
    <Form form={form} label="New certificate">
      <TextField
        name="code"
        label="Code"
        hint="What files, links and other systems call it, such as 735A. It never changes."
        width="sm"
      />
      <ProductFields others={products.filter(({ kind }) => kind === 'sale')} />
      <FirstFee />
      <SubmitButton>Add certificate</SubmitButton>
    </Form>
  )
}

function FirstFee() {
  const kind: unknown = useWatch({ name: 'kind' })
  if (kind === 'link') return null
  return (
    <>
      <h3 css={{ fontSize: '1.125rem' }}>First fee</h3>
      <FeeFields within="fee." />
    </>
  )
}
