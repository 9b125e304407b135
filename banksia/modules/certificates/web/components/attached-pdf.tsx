import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  DropArea,
  ErrorPanel,
  Form,
  formatBytes,
  formatDayAndTime,
  Panel,
  RadioField,
  sha256Of,
  slimButtons,
  SubmitButton,
  uploadFile,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { detachPdf, readDraftOptions, type AttachedRead, type DraftRead } from '../api'

/** A PDF that an officer adds to a certificate, or that is all it says: a diagram, or a paper finished elsewhere. */
export function AttachedPdf({ draft, editable }: { draft: DraftRead; editable: boolean }) {
  const { attached } = draft
  if (attached)
    return (
      <Panel title={attached.is_whole ? 'Finished PDF' : 'Attached PDF'}>
        <Attached attached={attached} draft={draft} editable={editable} />
      </Panel>
    )
  if (!editable) return null
  return (
    <Panel title="PDF of your own" hint="A diagram that goes with the answers, or a finished certificate">
      <AttachForm draft={draft} />
    </Panel>
  )
}

function Attached({
  attached,
  draft,
  editable,
}: {
  attached: AttachedRead
  draft: DraftRead
  editable: boolean
}) {
  const queryClient = useQueryClient()
  const path = { line_id: draft.line.id }
  const remove = useMutation({
    mutationFn: async () => {
      const { data } = await detachPdf({ path, query: { version: draft.version }, throwOnError: true })
      queryClient.setQueryData(readDraftOptions({ path }).queryKey, data)
    },
  })
  const pages = attached.page_count === 1 ? '1 page' : `${String(attached.page_count)} pages`
  return (
    <div css={{ display: 'grid', gap: '0.5rem', justifyItems: 'start', ...slimButtons }}>
      <TextLink href={attached.download_path}>
        {`${attached.file_name} (${formatBytes(attached.size_bytes)})`}
      </TextLink>
      <p>
        {attached.is_whole
          ? `All that the certificate says: its first page, then ${pages}. No answers are printed.`
          : `${pages}, after the certificate’s own.`}
      </p>
      <p css={{ fontSize: '0.875rem' }}>
        Added by {attached.added_by_name}, {formatDayAndTime(attached.added_at)}
      </p>
      {remove.error ? <ErrorPanel title="The PDF was not removed" error={remove.error} /> : null}
      {editable ? (
        <ActionButton
          variant="secondary"
          size="sm"
          loading={remove.isPending}
          onClick={() => {
            remove.mutate()
          }}
        >
          {`Remove ${attached.file_name}`}
        </ActionButton>
      ) : null}
    </div>
  )
}

const schema = z.object({ use: z.enum(['follows', 'whole']) })

function AttachForm({ draft }: { draft: DraftRead }) {
  const queryClient = useQueryClient()
  const [file, setFile] = useState<File>()
  const [missing, setMissing] = useState(false)
  const form = useKitForm({
    schema,
    defaultValues: { use: 'follows' as const },
    onSubmit: async ({ use }) => {
      setMissing(!file)
      if (!file) return
      const query = new URLSearchParams({
        file_name: file.name,
        version: String(draft.version),
        is_whole: String(use === 'whole'),
      }).toString()
      const path = { line_id: draft.line.id }
      const read = await uploadFile<DraftRead>(
        `/api/certificates/lines/${draft.line.id}/attached?${query}`,
        file,
        {
          headers: { 'X-Content-SHA256': await sha256Of(file) },
        },
      )
      queryClient.setQueryData(readDraftOptions({ path }).queryKey, read)
    },
  })
  return (
    <Form form={form} label="Attach a PDF" gap="0.75rem">
      <DropArea
        single
        accept=".pdf,application/pdf"
        onFiles={([chosen]) => {
          setFile(chosen)
          setMissing(false)
        }}
      >
        {file
          ? `${file.name} (${formatBytes(file.size)})`
          : 'A PDF of at most 60 pages and 50 MB, without a password'}
      </DropArea>
      {missing ? <p role="alert">Choose a PDF first.</p> : null}
      <RadioField
        name="use"
        label="What is it?"
        choices={[
          {
            value: 'follows',
            label: 'It goes with the answers',
            detail: 'Its pages follow the certificate’s own.',
          },
          {
            value: 'whole',
            label: 'It is the finished certificate',
            detail: 'The first page names the land, the number and the code. No answers are printed.',
          },
        ]}
      />
      <div>
        <SubmitButton size="sm" variant="secondary">
          Attach PDF
        </SubmitButton>
      </div>
    </Form>
  )
}
