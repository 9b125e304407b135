import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DataTable,
  Facts,
  formatBytes,
  formatDate,
  Loaded,
  Notice,
  Panel,
  RowCard,
  StaffPage,
} from '@banksia/kit'
import {
  readFixityOptions,
  ocrProgressOptions,
  readStorageOptions,
  type FixityRead,
  type OcrRead,
  type StorageRead,
  type StorageRow,
} from '../../api'
import { FixityFailures } from '../../components/settings/fixity-failures'
import { kindWord } from '../../components/words'

/** How much is kept, and whether it is still what it was. */
export default function ReportsPage() {
  const storage = useQuery(readStorageOptions())
  const fixity = useQuery(readFixityOptions())
  const ocr = useQuery(ocrProgressOptions())
  return (
    <StaffPage
      title="What is kept"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="How much lies in which folder, and whether stored files are still what they were."
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '72rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        <Panel title="Files are read again">
          <Loaded query={fixity} failed="The report could not be loaded">
            {(read) => <Fixity read={read} />}
          </Loaded>
        </Panel>
        <Panel title="How much is kept">
          <Loaded query={storage} failed="The report could not be loaded">
            {(read) => <Storage read={read} />}
          </Loaded>
        </Panel>
        <Panel title="Words on scanned pages">
          <Loaded query={ocr} failed="The report could not be loaded">
            {(read) => <Ocr read={read} />}
          </Loaded>
        </Panel>
      </div>
    </StaffPage>
  )
}

const number = (count: number) => count.toLocaleString('en-AU')

function Fixity({ read }: { read: FixityRead }) {
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      {read.failed.length > 0 ? (
        <Notice tone="error" title="Stored files are not what they were">
          {`${number(read.failed.length)} of them are damaged or missing. Restore them from the backups.`}
        </Notice>
      ) : null}
      <Facts
        labels="13rem"
        of={[
          ['Stored files', `${number(read.objects)}, ${formatBytes(read.size)}`],
          [`Verified in ${String(read.period_days)} days`, number(read.verified_in_period)],
          ['Never verified yet', number(read.never_verified)],
          read.oldest_verified_at ? ['Longest ago', formatDate(read.oldest_verified_at)] : null,
        ]}
      />
      {read.failed.length > 0 ? <FixityFailures rows={read.failed} /> : null}
    </div>
  )
}

function Storage({ read }: { read: StorageRead }) {
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      <Facts
        labels="13rem"
        of={[
          ['Documents', number(read.documents)],
          ['In isolation', number(read.isolated)],
          ['Purged', number(read.purged)],
          ['Versions', `${number(read.versions)}, ${formatBytes(read.size)}`],
        ]}
      />
      <Rows caption="By folder" header="Folder" rows={read.folders} />
      <Rows
        caption="By kind of file"
        header="Kind"
        rows={read.kinds.map((each) => ({ ...each, word: kindWord(each.name, each.ending) }))}
      />
    </div>
  )
}

interface RowsProps {
  caption: string
  header: string
  /** By its `word` where a row has one that people read. */
  rows: readonly (StorageRow & { word?: string })[]
}

function Rows({ caption, header, rows }: RowsProps) {
  if (rows.length === 0) return null
  return (
    <DataTable
      caption={caption}
      rows={rows}
      rowKey={({ name }) => name}
      columns={[
        { key: 'name', header, cell: ({ name, word }) => word ?? name },
        {
          key: 'count',
          header: 'Versions',
          width: '8rem',
          align: 'right',
          cell: ({ count }) => number(count),
        },
        {
          key: 'size',
          header: 'Size',
          width: '8rem',
          align: 'right',
          cell: ({ size }) => <Size of={size} />,
        },
      ]}
      card={({ name, word, count, size }) => (
        <RowCard title={word ?? name} start={number(count)} end={formatBytes(size)} />
      )}
    />
  )
}

/** A size and its unit stay together. */
const Size = ({ of }: { of: number }) => <span css={{ whiteSpace: 'nowrap' }}>{formatBytes(of)}</span>

function Ocr({ read }: { read: OcrRead }) {
  if (!read.is_on) return <p>{read.why_off}</p>
  return (
    <Facts
      labels="13rem"
      of={[
        ['Waiting', number(read.waiting)],
        ['Read', `${number(read.done)} documents, ${number(read.pages)} pages`],
        ['Could not be read', number(read.failed)],
        ['Time spent', `${number(Math.round(read.seconds / 60))} minutes`],
      ]}
    />
  )
}
