import { z } from 'zod'
import type { ProductRead, ProductUpdate } from '../api'
import { feeSchema } from './fees'

const days = z.string().regex(/^[1-9]\d{0,2}$/, 'Enter a number of working days, such as 5.')
const day = z.union([z.literal(''), z.iso.date('Enter the day as 24/12/2026.')])
const either = {
  title: z.string().trim().min(1, 'Enter a title.').max(200),
  short_title: z.string().trim().min(1, 'Enter a short title.').max(200),
  description: z.string().trim().max(5000),
  law: z.string().trim().max(200),
  position: z.string().regex(/^\d{1,3}$/, 'Enter a number from 0 to 999.'),
  is_offered: z.boolean(),
}
const sold = {
  ...either,
  kind: z.literal('sale'),
  link_url: z.string(),
  template: z.enum(['planning_2', 'planning_2_5', 'rates', 'notices', 'orders', 'drainage']),
  number_prefix: z
    .string()
    .trim()
    .regex(
      /^[A-Z0-9][A-Z0-9.-]{0,11}$/,
      'Enter up to 12 capital letters, digits, full stops or hyphens, such as 603.',
    ),
  contains: z.array(z.string()),
  turnaround_days: days,
  urgent_turnaround_days: z.union([z.literal(''), days]),
  cut_off: z.string().regex(/^\d{2}:\d{2}/, 'Enter the time as 15:00.'),
  closed_from_on: day,
  opens_again_on: day,
  closed_reason: z.string().trim().max(200),
  needs_check: z.boolean(),
}
const linked = {
  // What only a sale has is kept as it was, for the day on which it is sold again.
  ...Object.fromEntries(Object.keys(sold).map((name) => [name, z.unknown()])),
  ...either,
  kind: z.literal('link'),
  link_url: z
    .string()
    .trim()
    .regex(/^https:\/\/[^\s/]+\.[^\s]+$/, 'Enter the whole address, beginning with https://.')
    .max(500),
}
const code = z
  .string()
  .trim()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/,
    'Enter up to 40 letters, digits, full stops or hyphens, such as 735A.',
  )

/** What is typed of a certificate; days and numbers are still texts. */
export interface TypedProduct {
  kind: 'sale' | 'link'
  title: string
  short_title: string
  description: string
  law: string
  link_url: string
  template: ProductRead['template']
  number_prefix: string
  contains: string[]
  turnaround_days: string
  urgent_turnaround_days: string
  cut_off: string
  closed_from_on: string
  opens_again_on: string
  closed_reason: string
  is_offered: boolean
  needs_check: boolean
  position: string
}

export interface NewProduct extends TypedProduct {
  code: string
  fee: z.output<typeof feeSchema>
}

/** What a link is asked and what a sale is asked differ: only the fields that are shown can be wrong. */
export const productSchema = z.discriminatedUnion('kind', [
  z.object(sold),
  z.object(linked),
]) as unknown as z.ZodType<TypedProduct, TypedProduct>

export const newProductSchema = z.discriminatedUnion('kind', [
  z.object({ ...sold, code, fee: feeSchema }),
  z.object({ ...linked, code, fee: z.unknown() }),
]) as unknown as z.ZodType<NewProduct, NewProduct>

/** A certificate as its form begins with it. */
export const typedOf = (product: ProductRead): TypedProduct => ({
  kind: product.kind,
  title: product.title,
  short_title: product.short_title,
  description: product.description,
  law: product.law,
  link_url: product.link_url ?? '',
  template: product.template,
  number_prefix: product.number_prefix,
  contains: [...product.contains],
  turnaround_days: String(product.turnaround_days),
  urgent_turnaround_days:
    product.urgent_turnaround_days === null ? '' : String(product.urgent_turnaround_days),
  cut_off: product.cut_off.slice(0, 5),
  closed_from_on: product.closed_from_on ?? '',
  opens_again_on: product.opens_again_on ?? '',
  closed_reason: product.closed_reason ?? '',
  is_offered: product.is_offered,
  needs_check: product.needs_check,
  position: String(product.position),
})

/** What is sent of it. */
export const sentOf = (typed: TypedProduct): Omit<ProductUpdate, 'version'> => ({
  kind: typed.kind,
  title: typed.title,
  short_title: typed.short_title,
  description: typed.description,
  law: typed.law,
  link_url: typed.kind === 'link' ? typed.link_url : null,
  template: typed.template,
  number_prefix: typed.number_prefix,
  contains: typed.contains,
  turnaround_days: Number(typed.turnaround_days),
  urgent_turnaround_days: typed.urgent_turnaround_days === '' ? null : Number(typed.urgent_turnaround_days),
  cut_off: typed.cut_off,
  closed_from_on: typed.closed_from_on || null,
  opens_again_on: typed.opens_again_on || null,
  closed_reason: typed.closed_reason || null,
  is_offered: typed.is_offered,
  needs_check: typed.needs_check,
  position: Number(typed.position),
})
