import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, formatAddress, Loaded, RowList, useMay } from '@banksia/kit'
import { previewBatch, startBatchMutation, type PreviewedLine, type QueueLineRead } from '../api'

interface IssueSelectedProps {
  lines: readonly QueueLineRead[]
  /** They are being issued, as a batch with this id. */
  onStarted: (batchId: string) => void
}

/** Issues the ticked certificates together, after showing which of them will be issued and which not. */
export function IssueSelected({ lines, onStarted }: IssueSelectedProps) {
  const mayIssue = useMay('certificates.orders.issue')
  const [open, setOpen] = useState(false)
  if (!mayIssue) return null
  return (
    <>
      <Button
        size="sm"
        variant="secondary"
        onClick={() => {
          setOpen(true)
        }}
      >
        Issue together
      </Button>
      {open ? (
        <Preview
          lineIds={lines.map(({ id }) => id)}
          onStarted={onStarted}
          onClose={() => {
            setOpen(false)
          }}
        />
      ) : null}
    </>
  )
}

interface PreviewProps {
  lineIds: string[]
  onStarted: (batchId: string) => void
  onClose: () => void
}

function Preview({ lineIds, onStarted, onClose }: PreviewProps) {
  // One key for one dialog: pressed twice it is still one batch.
  const [key] = useState(() => crypto.randomUUID())
  const preview = useQuery({
    queryKey: ['certificates', 'batch-preview', key],
    queryFn: async ({ signal }) => {
      const { data } = await previewBatch({ body: { line_ids: lineIds }, signal, throwOnError: true })
      return data
    },
    refetchOnWindowFocus: false,
  })
  const start = useMutation({
    ...startBatchMutation(),
    onSuccess: ({ id }) => {
      onStarted(id)
    },
  })
  const ready = (preview.data?.lines ?? []).filter(({ reason }) => reason === null)
  return (
    <Dialog
      open
      onClose={onClose}
      title="Issue together"
      actions={
        <>
          {ready.length > 0 ? (
            <ActionButton
              size="sm"
              loading={start.isPending}
              onClick={() => {
                const seen = ready.map(({ line_id, version, template_number, known_sha256 }) => ({
                  line_id,
                  version,
                  template_number,
                  known_sha256,
                }))
                start.mutate({ body: { key, lines: seen } })
              }}
            >
              {`Issue ${counted(ready.length)}`}
            </ActionButton>
          ) : null}
          <Button size="sm" variant="secondary" onClick={onClose}>
            {ready.length > 0 ? 'Leave them as they are' : 'Back to the queue'}
          </Button>
        </>
      }
    >
      {start.error ? <ErrorPanel title="Nothing was issued" error={start.error} /> : null}
      <Loaded query={preview} failed="The certificates could not be looked at">
        {({ lines }) => <Previewed lines={lines} />}
      </Loaded>
    </Dialog>
  )
}

function Previewed({ lines }: { lines: readonly PreviewedLine[] }) {
  const ready = lines.filter(({ reason }) => reason === null)
  const others = lines.filter(({ reason }) => reason !== null)
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      {ready.length > 0 ? (
        <section>
          <h3 css={{ fontSize: '1rem' }}>{`${counted(ready.length)} will be issued`}</h3>
          <p>
            Each gets its number, dated today, and cannot be edited. Each customer is emailed a link, and a
            copy is filed in the property file.
          </p>
          <RowList rows={ready.map(rowOf)} />
        </section>
      ) : null}
      {others.length > 0 ? (
        <section>
          <h3 css={{ fontSize: '1rem' }}>{`${counted(others.length)} will not`}</h3>
          <RowList rows={others.map(rowOf)} />
        </section>
      ) : null}
    </div>
  )
}

const rowOf = (line: PreviewedLine) => ({
  key: line.line_id,
  title: `${line.product_title}, ${formatAddress(line.address) || line.parcel}`,
  detail: line.reason ?? line.customer_name,
})

function counted(count: number): string {
  return `${String(count)} ${count === 1 ? 'certificate' : 'certificates'}`
}
