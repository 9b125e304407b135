import { TextLink } from '@ag.ds-next/react/text-link'
import type { DraftRead, FieldRead } from '../api'

/** The questions of a draft that nothing answers yet. */
export const openValuesOf = (draft: DraftRead) =>
  draft.sections.flatMap(({ fields }) => fields).filter(({ is_unknown }) => is_unknown)

/** `Answer 2 values first`, leading to the first of them. */
export function OpenValues({ draft }: { draft: DraftRead }) {
  const [first] = openValuesOf(draft)
  if (!first) return null
  return (
    <TextLink href={`#field-${first.key}`}>
      {`Answer ${String(draft.open_count)} value${draft.open_count === 1 ? '' : 's'} first`}
    </TextLink>
  )
}

/** `Not saved yet: Category`, leading to it. */
export function UnsavedAnswers({ unsaved }: { unsaved: readonly FieldRead[] }) {
  const [first] = unsaved
  if (!first) return null
  return (
    <TextLink href={`#field-${first.key}`}>
      {unsaved.length === 1
        ? `Not saved yet: ${first.label}`
        : `${String(unsaved.length)} answers are not saved yet`}
    </TextLink>
  )
}
