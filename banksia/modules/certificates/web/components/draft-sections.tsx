import { colour, Panel, WARNING_WORDS } from '@banksia/kit'
import type { KnownChange, SectionRead } from '../api'
import { DraftField } from './draft-field'
import type { SaveAnswers } from './use-save-answers'

interface SectionsProps {
  sections: readonly SectionRead[]
  /** What council knows otherwise than when the certificate was drafted. */
  changes: readonly KnownChange[]
  editable: boolean
  save: SaveAnswers
}

/** Every value with where it comes from; unknown ones are the only coloured things on the page. */
export function DraftSections({ sections, changes, editable, save }: SectionsProps) {
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
            <DraftField
              key={field.key}
              field={field}
              change={changes.find(({ key }) => key === field.key)}
              first={index === 0}
              editable={editable}
              save={save}
            />
          ))}
        </Panel>
      ))}
    </>
  )
}
