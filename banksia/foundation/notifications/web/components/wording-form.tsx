import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ButtonGroup } from '@ag.ds-next/react/button'
import {
  ActionButton,
  colour,
  ErrorPanel,
  Form,
  formatTime,
  Notice,
  RADIUS,
  SubmitButton,
  TextareaField,
  TextField,
  useSaveForm,
} from '@banksia/kit'
import { z } from 'zod'
import {
  previewWordingMutation,
  resetWordingMutation,
  saveWording,
  sendSampleMutation,
  type WordingPreview,
  type WordingRead,
} from '../api'

const schema = z.object({
  subject: z.string().trim().min(1, 'Enter the subject.').max(200, 'A subject has at most 200 letters.'),
  text: z.string().trim().min(1, 'Enter the text.').max(5000, 'A text has at most 5,000 letters.'),
})

/** Subject and text, how they read, a test to oneself, and the way back to the standard. */
export function WordingForm({ read }: { read: WordingRead }) {
  const queryClient = useQueryClient()
  const path = { name: read.name }
  // That which was read with what is typed over: one that somebody else makes meanwhile refuses the next saving.
  const [version, setVersion] = useState(read.version)
  const form = useSaveForm({
    schema,
    defaultValues: { subject: read.subject, text: read.text },
    save: async (words) => {
      const { data } = await saveWording({ path, body: { ...words, version }, throwOnError: true })
      setVersion(data.version)
    },
  })
  const preview = useMutation(previewWordingMutation())
  const test = useMutation(sendSampleMutation())
  const reset = useMutation({
    ...resetWordingMutation(),
    onSuccess: async ({ subject, text, version: standard }) => {
      setVersion(standard)
      form.methods.reset({ subject, text })
      await queryClient.invalidateQueries()
    },
  })
  const typed = () => ({ path, body: { ...form.methods.getValues(), version } })
  const failure = preview.error ?? test.error ?? reset.error
  return (
    <Form form={form} label="Wording" gap="1rem">
      {failure ? <ErrorPanel title="Check the wording" error={failure} /> : null}
      <TextField name="subject" label="Subject" width="full" />
      <TextareaField name="text" label="Text" rows={16} />
      <SubmitButton
        beside={
          <ButtonGroup>
            <ActionButton
              variant="secondary"
              loading={preview.isPending}
              onClick={() => {
                preview.mutate(typed())
              }}
            >
              Show preview
            </ActionButton>
            <ActionButton
              variant="tertiary"
              loading={test.isPending}
              onClick={() => {
                test.mutate(typed())
              }}
            >
              Send me a test
            </ActionButton>
            {read.is_changed ? (
              <ActionButton
                variant="tertiary"
                loading={reset.isPending}
                onClick={() => {
                  reset.mutate({ path, body: { version } })
                }}
              >
                Go back to the standard words
              </ActionButton>
            ) : null}
          </ButtonGroup>
        }
      >
        Save wording
      </SubmitButton>
      <div role="status" css={{ display: 'grid', gap: '1rem' }}>
        {form.savedAt ? <p>{`Saved ${formatTime(form.savedAt)}`}</p> : null}
        {test.data ? (
          <Notice tone="success" title={`A test is on its way to ${test.data.to_address}`} />
        ) : null}
        {preview.data ? <Preview mail={preview.data} /> : null}
      </div>
    </Form>
  )
}

function Preview({ mail }: { mail: WordingPreview }) {
  return (
    <section
      aria-label="Preview with sample data"
      css={{
        border: `1px solid ${colour.borderMuted}`,
        borderRadius: RADIUS.panel,
        padding: '1rem',
        background: colour.backgroundShade,
      }}
    >
      <p css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>With sample data</p>
      <p>
        <strong>{mail.subject}</strong>
      </p>
      <p css={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', marginTop: '0.75rem' }}>{mail.text}</p>
    </section>
  )
}
