import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import { colour, compactFields } from '@banksia/kit'
import type { ImportPreview } from '../api'
import { inWords } from './import-words'

interface MappingFieldsProps {
  preview: ImportPreview
  mapping: Record<string, string>
  onChange: (mapping: Record<string, string>) => void
}

/** What nearly every file has; asked for even where no heading looks like it. */
const USUAL = new Set(['address', 'parcel', 'assessment', 'locality', 'area'])
/** A form of this many fields is shown as a whole. */
const FEW = 12

/** Which column of the file is which of our fields: the usual and the found ones, the others when asked for. */
export function MappingFields({ preview, mapping, onChange }: MappingFieldsProps) {
  const { fields, columns } = preview
  const [all, setAll] = useState(fields.length <= FEW)
  const [found] = useState(() => new Set(Object.keys(preview.mapping)))
  const shown = fields.filter((field) => all || USUAL.has(field) || found.has(field) || mapping[field])
  const taken = new Set(Object.values(mapping))
  const left = columns.filter((column) => column && !taken.has(column))
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <div css={grid}>
        {shown.map((field) => (
          <Select
            key={field}
            block
            label={inWords(field)}
            hideOptionalLabel
            hint={exampleOf(preview, mapping[field])}
            placeholder="Not in the file"
            options={columns.filter(Boolean).map((column) => ({ value: column, label: column }))}
            value={mapping[field] ?? ''}
            onChange={({ target }) => onChange({ ...mapping, [field]: target.value })}
          />
        ))}
      </div>
      {left.length > 0 ? (
        <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>Not read: {left.join(', ')}.</p>
      ) : null}
      {all ? null : (
        <div>
          <Button size="sm" variant="text" onClick={() => setAll(true)}>
            {`Show ${String(fields.length - shown.length)} more fields`}
          </Button>
        </div>
      )}
    </div>
  )
}

/** `Such as 54 WILLIWA STREET`, from the first row that has something in the column. */
function exampleOf({ columns, rows }: ImportPreview, column: string | undefined): string | undefined {
  const place = column ? columns.indexOf(column) : -1
  const value = place < 0 ? undefined : rows.find(({ raw }) => raw[place]?.trim())?.raw[place]
  return value ? `Such as ${value.slice(0, 60)}` : undefined
}

const grid = {
  ...compactFields,
  display: 'grid',
  gap: '1rem 1.5rem',
  alignItems: 'end',
  gridTemplateColumns: 'repeat(auto-fill, minmax(min(15rem, 100%), 1fr))',
  // The example of a column is small beside its name.
  '& [id$="-hint"]': { fontSize: '0.8125rem' },
} as const
