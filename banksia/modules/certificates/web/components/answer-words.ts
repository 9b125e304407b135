import { formatDate, formatDayAndTime, formatMoney } from '@banksia/kit'
import type { FieldRead } from '../api'

/** An answer in words: as an officer typed it, or as it stands. */
export function inWords({ answer, statement }: Pick<FieldRead, 'answer' | 'statement'>): string {
  if (answer?.amounts?.length)
    return answer.amounts
      .map(
        (row) =>
          `${row.description} ${formatMoney(row.amount_cents)}${row.due_on ? ` due ${formatDate(row.due_on)}` : ''}`,
      )
      .join('; ')
  if (answer?.entries?.length)
    return answer.entries.map((row) => [row.number, row.description].filter(Boolean).join(': ')).join('; ')
  const choices = { yes: 'Yes', no: 'No', not_known: 'Not known to council' }
  if (answer?.text) return answer.text
  return answer?.choice ? choices[answer.choice] : (statement ?? 'Not answered')
}

/** Where an answer comes from. */
export function origin(field: FieldRead): string {
  if (field.is_changed) {
    const when = field.changed_at ? `, ${formatDayAndTime(field.changed_at)}` : ''
    return `Changed by ${field.changed_by_name ?? 'an officer'}${field.changed_from ? ` from ${field.changed_from}` : ''}${when}`
  }
  if (field.source)
    return field.as_at_on ? `${field.source}, as at ${formatDate(field.as_at_on)}` : field.source
  return field.origin === 'standard' ? 'The council’s standard answer' : ''
}
