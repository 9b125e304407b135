import { useId, useRef } from 'react'
import { TextInput } from '@ag.ds-next/react/text-input'
import { Textarea } from '@ag.ds-next/react/textarea'
import { ActionButton, ErrorPanel, formatDayAndTime, Panel, slimButtons, StaffPage } from '@banksia/kit'
import type { TemplateRead } from '../api'
import { LeaveUnsaved } from './leave-unsaved'
import { TemplateDiscard } from './template-discard'
import { errorOf } from './template-error'
import { TemplateFields } from './template-fields'
import { TemplateMistakes } from './template-mistakes'
import { TemplatePreview } from './template-preview'
import { TemplatePublish } from './template-publish'
import { TemplateQuestions } from './template-questions'
import { TemplateSource, type SourceHandle } from './template-source'
import { inForceWords, TemplateViews, TemplateWhere } from './template-views'
import { useTemplate } from './use-template'

/** Everything of a template on one page: text and fields, questions, notes, preview, and putting it in force. */
export function TemplateEditor({ template }: { template: TemplateRead }) {
  const edited = useTemplate(template)
  const source = useRef<SourceHandle>(null)
  const mistakesId = useId()
  const { content, change, checked, errors, save, isChanged } = edited
  const prints = !checked || checked.mistakes.length === 0
  return (
    <StaffPage
      title={template.title}
      where={<TemplateWhere />}
      facts={`${inForceWords(template.in_force)} ${savedWords(template)}`}
      views={<TemplateViews code={template.code} active="editor" />}
      asideWidth="32.5rem"
      aside={
        <>
          <TemplateFields
            code={template.code}
            content={content}
            onInsert={(expression) => source.current?.insert(expression)}
          />
          <TemplatePreview
            code={template.code}
            title={template.title}
            version={`${String(template.in_force.number)}.${String(template.version)}`}
            prints={prints}
          />
        </>
      }
    >
      <LeaveUnsaved
        isChanged={isChanged}
        loss="What was typed since the draft was saved last is gone for good."
      />
      {save.error ? <ErrorPanel title="The draft was not saved" error={save.error} /> : null}
      <Panel
        title="Text"
        hint="It stands between the land and the notes. Letterhead, number, dates and the code to check it are the same on every certificate."
      >
        <div css={{ display: 'grid', gap: '1rem' }}>
          <TextInput
            label="Title on paper"
            hideOptionalLabel
            maxWidth="xl"
            value={content.paper_title}
            {...errorOf(errors, 'content.paper_title')}
            onChange={(event) => {
              change({ paper_title: event.target.value })
            }}
          />
          <TemplateSource
            ref={source}
            value={content.source}
            invalid={!prints}
            describedBy={checked ? mistakesId : undefined}
            onChange={(value) => {
              change({ source: value })
            }}
          />
          <TemplateMistakes
            id={mistakesId}
            checked={checked}
            stale={edited.isStale}
            onGoTo={(line, column) => source.current?.goTo(line, column)}
          />
          <SaveRow edited={edited} />
        </div>
      </Panel>
      <TemplateQuestions
        sections={content.sections}
        errors={errors}
        onChange={(sections) => {
          change({ sections })
        }}
      />
      <Panel title="Notes" hint="Printed at the end, one for each line.">
        <Textarea
          label="Notes"
          hideOptionalLabel
          block
          rows={4}
          value={content.notes.join('\n')}
          onChange={(event) => {
            change({ notes: event.target.value.split('\n') })
          }}
        />
      </Panel>
      <TemplatePublish
        template={template}
        obstacle={obstacleOf(template, isChanged, prints)}
        onPublished={edited.published}
      />
      {template.version > 0 ? <TemplateDiscard template={template} onDiscarded={edited.discarded} /> : null}
    </StaffPage>
  )
}

function SaveRow({ edited: { save, isChanged } }: { edited: ReturnType<typeof useTemplate> }) {
  return (
    <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.75rem', ...slimButtons }}>
      <ActionButton
        variant="secondary"
        loading={save.isPending}
        onClick={() => {
          save.mutate()
        }}
      >
        Save and check
      </ActionButton>
      <span role="status">{isChanged ? 'Changed, not saved' : ''}</span>
    </div>
  )
}

function savedWords({ draft_saved_at, draft_saved_by_name }: TemplateRead): string {
  if (draft_saved_at === null) return 'There is no draft.'
  return `Draft saved ${formatDayAndTime(draft_saved_at)} by ${draft_saved_by_name ?? 'someone'}.`
}

function obstacleOf(template: TemplateRead, isChanged: boolean, prints: boolean): string | null {
  if (isChanged) return 'Save the text first.'
  if (template.version === 0) return 'Nothing is changed yet.'
  return prints ? null : 'Put the mistakes right first.'
}
