import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextInput } from '@ag.ds-next/react/text-input'
import { colour, Loaded, Panel, slimButtons, visuallyHidden } from '@banksia/kit'
import { listTemplateFieldsOptions, type FieldGroup, type TemplateContent } from '../api'

interface TemplateFieldsProps {
  code: string
  content: TemplateContent
  onInsert: (expression: string) => void
}

/** Everything that the text can use. A click writes it where the cursor stands. */
export function TemplateFields({ code, content, onInsert }: TemplateFieldsProps) {
  const catalogue = useQuery(listTemplateFieldsOptions({ path: { code } }))
  const [sought, setSought] = useState('')
  return (
    <Panel title="Fields" hint="Choose one to write it where the cursor stands.">
      <Loaded query={catalogue} failed="The fields could not be loaded">
        {({ groups }) => (
          <div css={{ display: 'grid', gap: '0.75rem' }}>
            <TextInput
              label="Find a field"
              hideOptionalLabel
              type="search"
              block
              value={sought}
              onChange={(event) => {
                setSought(event.target.value)
              }}
            />
            {matching([...groups.slice(0, 1), answersOf(content), ...groups.slice(1)], sought).map(
              (group) => (
                <Group key={group.title} group={group} open={sought !== ''} onInsert={onInsert} />
              ),
            )}
          </div>
        )}
      </Loaded>
    </Panel>
  )
}

function Group({
  group,
  open,
  onInsert,
}: {
  group: FieldGroup
  open: boolean
  onInsert: TemplateFieldsProps['onInsert']
}) {
  return (
    <details open={open || undefined}>
      <summary css={{ fontWeight: 'bold', cursor: 'pointer', padding: '0.25rem 0' }}>
        {`${group.title} (${String(group.fields.length)})`}
      </summary>
      <ul css={{ listStyle: 'none', margin: 0, padding: 0 }}>
        {group.fields.map((field) => (
          <li key={field.expression} css={row}>
            <div css={{ minWidth: 0 }}>
              <span>{field.title}</span>
              <span css={{ color: colour.foregroundMuted, fontSize: '0.8125rem' }}>{`, ${field.kind}`}</span>
              <code css={{ display: 'block', fontSize: '0.8125rem', overflowWrap: 'anywhere' }}>
                {field.expression}
              </code>
              {field.example ? (
                <span css={{ color: colour.foregroundMuted, fontSize: '0.8125rem' }}>{field.example}</span>
              ) : null}
            </div>
            <Button
              size="sm"
              variant="text"
              onClick={() => {
                onInsert(field.expression)
              }}
            >
              Insert<span css={visuallyHidden}>{` ${field.title}`}</span>
            </Button>
          </li>
        ))}
      </ul>
    </details>
  )
}

function answersOf(content: TemplateContent): FieldGroup {
  return {
    title: 'Answers of this certificate',
    fields: content.sections
      .flatMap(({ questions }) => questions)
      .map(({ key, label, kind }) => ({
        expression: `#answer("${key}")`,
        title: label,
        kind: kindsInWords[kind],
        example: '',
      })),
  }
}

function matching(groups: readonly FieldGroup[], sought: string): FieldGroup[] {
  const words = sought.trim().toLowerCase()
  return groups
    .map((group) => ({
      ...group,
      fields: group.fields.filter(({ title, expression }) =>
        `${group.title} ${title} ${expression}`.toLowerCase().includes(words),
      ),
    }))
    .filter(({ fields }) => fields.length > 0)
}

export const kindsInWords = {
  text: 'a text',
  choice: 'yes, no or not known',
  amounts: 'sums with their due days',
  entries: 'notices or orders',
} as const

const row = {
  display: 'flex',
  alignItems: 'center',
  justifyContent: 'space-between',
  gap: '0.75rem',
  padding: '0.5rem 0',
  borderTop: `1px solid ${colour.borderMuted}`,
  ...slimButtons,
} as const
