import { useState } from 'react'
import { useMutation } from '@tanstack/react-query'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton, DecisionPanel, ErrorPanel } from '@banksia/kit'
import { publishTemplateMutation, type TemplateRead } from '../api'

interface TemplatePublishProps {
  template: TemplateRead
  /** Why it cannot be published now; null when it can. */
  obstacle: string | null
  onPublished: (template: TemplateRead) => void
}

/** Putting the saved draft in force, with the reason that the history keeps. */
export function TemplatePublish({ template, obstacle, onPublished }: TemplatePublishProps) {
  const [reason, setReason] = useState('')
  const [asked, setAsked] = useState(false)
  const publish = useMutation({
    ...publishTemplateMutation(),
    onSuccess: (published) => {
      setReason('')
      setAsked(false)
      onPublished(published)
    },
  })
  const missing = asked && reason.trim().length < 5
  const press = () => {
    setAsked(true)
    if (obstacle === null && reason.trim().length >= 5)
      publish.mutate({ path: { code: template.code }, body: { version: template.version, reason } })
  }
  return (
    <DecisionPanel title="When you publish">
      {publish.error ? <ErrorPanel title="The template was not published" error={publish.error} /> : null}
      <ul css={{ paddingLeft: '1.25rem', display: 'grid', gap: '0.25rem', marginBottom: '1rem' }}>
        <li>
          It becomes version <strong>{template.in_force.number + 1}</strong> and is never changed.
        </li>
        <li>Certificates begun from now on are made with it.</li>
        <li>
          Certificates with a saved draft keep theirs; their officers see that there is a newer one. Those
          without a saved answer take this one.
        </li>
      </ul>
      <div css={{ display: 'grid', gap: '1rem' }}>
        <Textarea
          label="Why it changes"
          hint="The history of the template keeps it."
          required
          hideOptionalLabel
          block
          rows={2}
          value={reason}
          invalid={missing}
          message={missing ? 'Write why the template changes, in a few words.' : undefined}
          onChange={(event) => {
            setReason(event.target.value)
          }}
        />
        <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.75rem' }}>
          <ActionButton loading={publish.isPending} aria-disabled={obstacle !== null} onClick={press}>
            {`Publish version ${String(template.in_force.number + 1)}`}
          </ActionButton>
          {obstacle ? <span role="status">{obstacle}</span> : null}
        </div>
      </div>
    </DecisionPanel>
  )
}
