import { useRef, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { EditIcon } from '@ag.ds-next/react/icon'
import { ChangedTag, colour, Panel, PHONE, Status, Tag, WARNING_WORDS } from '@banksia/kit'
import type { Answer, FieldRead, KnownChange, SectionRead } from '../api'
import { AnswerEditor } from './answer-fields'
import { inWords, origin } from './answer-words'
import { useFocusAfterAnswer } from './draft-focus'

interface SectionsProps {
  sections: readonly SectionRead[]
  /** What council knows otherwise than when the certificate was drafted. */
  changes: readonly KnownChange[]
  editable: boolean
  onAnswer: (key: string, answer: Answer) => void
}

/** Every value with where it comes from; unknown ones are the only coloured things on the page. */
export function DraftSections({ sections, changes, editable, onAnswer }: SectionsProps) {
  return (
    <>
      {sections.map((section) => (
        <Panel
          key={section.number}
          flush
          title={`${section.number}. ${section.title}`}
          action={
            section.open_count > 0 ? (
              <strong css={{ color: WARNING_WORDS }}>{section.open_count} to answer</strong>
            ) : (
              <span css={{ color: colour.foregroundMuted }}>Complete</span>
            )
          }
        >
          {section.fields.map((field, index) => (
            <Field
              key={field.key}
              field={field}
              change={changes.find(({ key }) => key === field.key)}
              first={index === 0}
              editable={editable}
              onAnswer={onAnswer}
            />
          ))}
        </Panel>
      ))}
    </>
  )
}

interface FieldProps {
  field: FieldRead
  change?: KnownChange
  first: boolean
  editable: boolean
  onAnswer: (key: string, answer: Answer) => void
}

function Field({ field, change, first, editable, onAnswer }: FieldProps) {
  const [editing, setEditing] = useState(false)
  const box = useRef<HTMLDivElement>(null)
  const open = editable && (editing || field.is_unknown)
  useFocusAfterAnswer(box, open, editing)
  return (
    <div
      ref={box}
      id={`field-${field.key}`}
      data-open-value={open && field.is_unknown ? true : undefined}
      tabIndex={-1}
      css={{
        padding: '0.625rem 1rem',
        borderTop: first ? undefined : `1px solid ${colour.borderMuted}`,
        borderLeft: field.is_unknown ? `4px solid ${colour.systemWarning}` : undefined,
        background: field.is_unknown ? colour.systemWarningMuted : undefined,
      }}
    >
      {change ? (
        <p css={{ fontSize: '0.875rem', marginBottom: '0.375rem' }}>
          <Tag tone="changed">Changed since you drafted</Tag>{' '}
          {`${change.before ?? 'Not asked'} → ${change.now}`}
        </p>
      ) : null}
      {open ? (
        <div css={{ display: 'grid', gap: '0.375rem' }}>
          <div css={{ display: 'flex', justifyContent: 'space-between', gap: '1rem' }}>
            <strong>{field.label}</strong>
            {field.is_unknown ? <Status word="Unknown" /> : null}
          </div>
          <AnswerEditor
            field={field}
            onSave={(answer) => {
              setEditing(false)
              onAnswer(field.key, answer)
            }}
            onCancel={
              field.is_unknown
                ? undefined
                : () => {
                    setEditing(false)
                  }
            }
          />
        </div>
      ) : (
        <Answered
          field={field}
          onEdit={
            editable
              ? () => {
                  setEditing(true)
                }
              : undefined
          }
        />
      )}
    </div>
  )
}

function Answered({ field, onEdit }: { field: FieldRead; onEdit?: () => void }) {
  return (
    <div
      css={{
        display: 'grid',
        gridTemplateColumns: '11rem minmax(0, 1fr) auto',
        gap: '0.25rem 1rem',
        alignItems: 'start',
        [PHONE]: { gridTemplateColumns: 'minmax(0, 1fr) auto' },
      }}
    >
      <span css={{ color: colour.foregroundMuted, [PHONE]: { gridColumn: '1 / -1' } }}>{field.label}</span>
      <div>
        <strong>{inWords(field)}</strong> {field.is_changed ? <ChangedTag /> : null}
        <p css={{ fontSize: '0.8125rem', color: colour.foregroundMuted }}>{origin(field)}</p>
      </div>
      {onEdit ? (
        <Button
          size="sm"
          variant="text"
          iconBefore={EditIcon}
          onClick={onEdit}
          aria-label={`Change ${field.label}`}
        >
          {''}
        </Button>
      ) : null}
    </div>
  )
}
