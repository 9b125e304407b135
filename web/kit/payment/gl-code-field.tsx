import { queryOptions, useQuery } from '@tanstack/react-query'
import { useWatch } from 'react-hook-form'
import { SelectField, TextField } from '../forms/fields'
import type { FieldOptions } from '../forms/use-field'
import { fetchJson, useMay } from '../session/session'

interface Codes {
  results: { code: string; title: string }[]
  next_cursor: string | null
}

/** The open codes of the general ledger: GET /api/payments/gl-codes. */
export const glCodesQuery = queryOptions({
  queryKey: ['payments', 'open-gl-codes'],
  queryFn: ({ signal }) => fetchJson<Codes>('/api/payments/gl-codes?closed=false&limit=100', signal),
})

/**
 * A code of the general ledger: one of the council's list, or typed where there is no list, or one too long to choose
 * from. A code that stands there already stays offered, though it be closed.
 */
export function GlCodeField(options: FieldOptions) {
  const may = useMay('payments.payments.read')
  const { data } = useQuery({ ...glCodesQuery, enabled: may })
  const present: unknown = useWatch({ name: options.name })
  if (!data || data.results.length === 0 || data.next_cursor) return <TextField {...options} width="md" />
  const choices = data.results.map(({ code, title }) => ({ value: code, label: `${code}, ${title}` }))
  const kept = typeof present === 'string' && present !== '' ? present : undefined
  if (kept && !choices.some(({ value }) => value === kept)) choices.unshift({ value: kept, label: kept })
  return <SelectField {...options} options={choices} placeholder="Choose a code" width="xl" />
}
