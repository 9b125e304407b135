import { useWatch } from 'react-hook-form'
import { CheckboxField, RadioField, SelectField, TextareaField, TextField } from '@banksia/kit'
import { z } from 'zod'
import type { ImportSourceRead } from '../api'
import { formatWords } from './import-words'

/** The coordinate systems that councils of New South Wales export. */
export const SYSTEMS = [
  { value: '', label: 'None, or longitude and latitude' },
  { value: 'EPSG:7854', label: 'MGA2020 zone 54' },
  { value: 'EPSG:7855', label: 'MGA2020 zone 55' },
  { value: 'EPSG:7856', label: 'MGA2020 zone 56' },
  { value: 'EPSG:28354', label: 'MGA94 zone 54' },
  { value: 'EPSG:28355', label: 'MGA94 zone 55' },
  { value: 'EPSG:28356', label: 'MGA94 zone 56' },
  { value: 'EPSG:7844', label: 'GDA2020 longitude and latitude' },
  { value: 'EPSG:4283', label: 'GDA94 longitude and latitude' },
]

export const sourceSchema = z.object({
  name: z.string().trim().min(1, 'Enter a name, such as Rates system.').max(200),
  format: z.enum(['csv', 'gnaf', 'gnaf-core', 'nsw-lots', 'owners', 'attributes']),
  is_complete: z.enum(['yes', 'no']),
  crs: z.string(),
  localities: z.string().max(50_000),
  ended_percent_limit: z.string().regex(/^(100|\d{1,2})$/, 'Enter a share from 0 to 100.'),
  synthesise_parcels: z.boolean(),
  watched_url: z.string().trim().max(200),
  applies_unwatched: z.boolean(),
})

export type SourceTyped = z.output<typeof sourceSchema>

export const blankSource: SourceTyped = {
  name: '',
  format: 'csv',
  is_complete: 'no',
  crs: '',
  localities: '',
  ended_percent_limit: '5',
  synthesise_parcels: false,
  watched_url: '',
  applies_unwatched: false,
}

/** A known source as the form shows it. */
export const sourceTyped = (source: ImportSourceRead): SourceTyped => ({
  name: source.name,
  format: source.format,
  is_complete: source.is_complete ? 'yes' : 'no',
  crs: source.crs ?? '',
  localities: source.localities.join('\n'),
  ended_percent_limit: String(source.ended_percent_limit),
  synthesise_parcels: source.synthesise_parcels,
  watched_url: source.watched_url ?? '',
  applies_unwatched: source.applies_unwatched,
})

/** What the form says as the server takes it; the format is said once, when the source is made. */
export const sourceBody = (typed: SourceTyped) => ({
  name: typed.name,
  is_complete: typed.is_complete === 'yes',
  crs: typed.crs || null,
  localities: typed.localities
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean),
  ended_percent_limit: Number(typed.ended_percent_limit),
  synthesise_parcels: typed.synthesise_parcels,
  watched_url: typed.watched_url || null,
  applies_unwatched: typed.watched_url !== '' && typed.applies_unwatched,
})

/** What a source is and how its files are read; its format stays as it was made. */
export function SourceFields({ isNew = false }: { isNew?: boolean }) {
  const format = useWatch({ name: 'format' }) as SourceTyped['format']
  const watched = useWatch({ name: 'watched_url' }) as string
  const hasPlaces = format === 'csv' || format === 'nsw-lots'
  const isNational = format === 'gnaf' || format === 'gnaf-core' || format === 'nsw-lots'
  return (
    <>
      <TextField name="name" label="Name" hint="The system or publisher that its files come from." />
      {isNew ? (
        <SelectField
          name="format"
          label="Format"
          options={Object.entries(formatWords).map(([value, label]) => ({ value, label }))}
        />
      ) : null}
      <RadioField
        name="is_complete"
        label="What each file holds"
        choices={[
          { value: 'no', label: 'Part of it', detail: 'What a file does not list stays as it is.' },
          {
            value: 'yes',
            label: 'Everything the source knows',
            detail: 'What a file no longer lists has ended.',
          },
        ]}
      />
      <TextField
        name="ended_percent_limit"
        label="Share that may end, in percent"
        inputMode="numeric"
        width="xs"
        hint="When a file would end more of the source’s records, somebody must confirm it."
      />
      {hasPlaces ? <SelectField name="crs" label="Coordinate system" options={SYSTEMS} width="xl" /> : null}
      {isNational ? (
        <TextareaField
          name="localities"
          label="Localities to take"
          optional
          rows={4}
          hint="One on each line. Everything is taken when this is empty."
        />
      ) : null}
      {format === 'csv' ? (
        <CheckboxField
          name="synthesise_parcels"
          label="Invent a lot where the file has none"
          hint="For demonstrations only. Invented lots are marked wherever they are shown."
        />
      ) : null}
      <TextField
        name="watched_url"
        label="Folder to watch"
        optional
        hint="A folder of the server or an S3 prefix that your operator allows. Leave it empty to send files by hand."
      />
      {watched ? (
        <CheckboxField
          name="applies_unwatched"
          label="Apply without review"
          hint="A watched file is applied by itself when its check finds nothing suspicious."
        />
      ) : null}
    </>
  )
}
