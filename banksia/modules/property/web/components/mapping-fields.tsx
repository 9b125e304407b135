import { Select } from '@ag.ds-next/react/select'
import { compactFields } from '@banksia/kit'
import type { ImportPreview } from '../api'
import { inWords } from './import-words'

interface MappingFieldsProps {
  preview: ImportPreview
  mapping: Record<string, string>
  onChange: (mapping: Record<string, string>) => void
}

/** Which column of the file is which of our fields; those that were found stand first. */
export function MappingFields({ preview, mapping, onChange }: MappingFieldsProps) {
  const options = preview.columns.filter(Boolean).map((column) => ({ value: column, label: column }))
  const example = (field: string) => {
    const place = preview.columns.indexOf(mapping[field] ?? '')
    const value = place < 0 ? '' : (preview.rows.find(({ raw }) => raw[place]?.trim())?.raw[place] ?? '')
    return value ? `Such as ${value.slice(0, 60)}` : undefined
  }
  const choose = (field: string, column: string) => {
    const rest = Object.entries(mapping).filter(([name]) => name !== field)
    onChange(Object.fromEntries(column ? [...rest, [field, column]] : rest))
  }
  return (
    <div
      css={{
        ...compactFields,
        display: 'grid',
        gap: '1rem 1.5rem',
        alignItems: 'end',
        gridTemplateColumns: 'repeat(auto-fill, minmax(min(15rem, 100%), 1fr))',
      }}
    >
      {preview.fields.map((field) => (
        <Select
          key={field}
          block
          label={inWords(field)}
          hideOptionalLabel
          hint={example(field)}
          placeholder="Not in the file"
          options={options}
          value={mapping[field] ?? ''}
          onChange={({ target }) => choose(field, target.value)}
        />
      ))}
    </div>
  )
}
