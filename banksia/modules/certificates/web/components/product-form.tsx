import { useState } from 'react'
import { CheckboxField, SaveForm, TextareaField, TextField, useSaveForm } from '@banksia/kit'
import { z } from 'zod'
import { listProductsOptions, updateProduct, type ProductRead } from '../api'

const days = z.string().regex(/^\d{1,3}$/, 'Enter a number of working days.')
const day = z.union([z.literal(''), z.iso.date('Enter the day as 2026-12-24.')])
const schema = z.object({
  title: z.string().trim().min(1, 'Enter a title.').max(200),
  short_title: z.string().trim().min(1, 'Enter a short title.').max(200),
  description: z.string().trim().max(5000),
  law: z.string().trim().max(200),
  turnaround_days: days,
  urgent_turnaround_days: z.union([z.literal(''), days]),
  cut_off: z.string().regex(/^\d{2}:\d{2}/, 'Enter the time as 15:00.'),
  closed_from_on: day,
  opens_again_on: day,
  closed_reason: z.string().trim().max(200),
  is_offered: z.boolean(),
  needs_check: z.boolean(),
})

/** What a certificate is and how soon it comes; its version keeps two administrators from overwriting each other. */
export function ProductForm({ product }: { product: ProductRead }) {
  // That which was read with what is typed over: one that somebody else makes meanwhile refuses the next saving.
  const [version, setVersion] = useState(product.version)
  const form = useSaveForm({
    schema,
    defaultValues: {
      title: product.title,
      short_title: product.short_title,
      description: product.description,
      law: product.law,
      turnaround_days: String(product.turnaround_days),
      urgent_turnaround_days:
        product.urgent_turnaround_days === null ? '' : String(product.urgent_turnaround_days),
      cut_off: product.cut_off.slice(0, 5),
      closed_from_on: product.closed_from_on ?? '',
      opens_again_on: product.opens_again_on ?? '',
      closed_reason: product.closed_reason ?? '',
      is_offered: product.is_offered,
      needs_check: product.needs_check,
    },
    save: async (typed) => {
      const { kind, link_url, template, number_prefix, contains, position } = product
      const body = {
        ...{ kind, link_url, template, number_prefix, contains, position, version },
        ...typed,
        turnaround_days: Number(typed.turnaround_days),
        urgent_turnaround_days:
          typed.urgent_turnaround_days === '' ? null : Number(typed.urgent_turnaround_days),
        closed_from_on: typed.closed_from_on || null,
        opens_again_on: typed.opens_again_on || null,
        closed_reason: typed.closed_reason || null,
      }
      const { data } = await updateProduct({ path: { code: product.code }, body, throwOnError: true })
      setVersion(data.version)
    },
    refreshes: listProductsOptions().queryKey,
  })
  return (
    <SaveForm form={form} label="Certificate" button="Save certificate">
      <CheckboxField name="is_offered" label="Customers can order it" />
      <CheckboxField name="needs_check" label="A second officer checks it before it is issued" />
      <TextField name="title" label="Title" />
      <TextField name="short_title" label="Short title" hint="In tables and summaries." />
      <TextareaField name="description" label="What it says, in one sentence" optional rows={2} />
      <TextField name="law" label="Law" optional />
      <TextField name="turnaround_days" label="Working days" inputMode="numeric" width="xs" />
      <TextField
        name="urgent_turnaround_days"
        label="Working days when urgent"
        inputMode="numeric"
        width="xs"
        optional
      />
      <TextField
        name="cut_off"
        label="Cut-off"
        hint="Paid after this time, the clock starts the next working day."
        width="sm"
      />
      <TextField
        name="closed_from_on"
        label="Closed from"
        optional
        hint="Such as 2026-07-01, until rates are struck."
        width="sm"
      />
      <TextField name="opens_again_on" label="Opens again" optional width="sm" />
      <TextField name="closed_reason" label="What customers read while it is closed" optional />
    </SaveForm>
  )
}
