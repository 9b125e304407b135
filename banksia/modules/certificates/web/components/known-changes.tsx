import { skipToken, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Notice, problemOf } from '@banksia/kit'
import { readDraftOptions, type DraftRead, type KnownChange } from '../api'

const keyOf = (draft: DraftRead) => ['certificates', 'changed-unseen', draft.line.id]

function changesOf(error: unknown): KnownChange[] {
  const { type, document } = problemOf(error)
  return type === 'urn:banksia:certificates:known-changed' ? (document.changes as KnownChange[]) : []
}

/** What the officer saw, as a request that goes on from it says. */
export const seenOf = ({ version, template_number, known }: DraftRead) => ({
  version,
  template_number,
  known,
})

/** After a refusal: what council learnt meanwhile is shown at its answers, and the certificate is read anew. */
export function useShowChanges(draft: DraftRead): (error: unknown) => Promise<void> {
  const queryClient = useQueryClient()
  return async (error) => {
    const changes = changesOf(error)
    if (changes.length > 0) queryClient.setQueryData(keyOf(draft), changes)
    const { queryKey } = readDraftOptions({ path: { line_id: draft.line.id } })
    await queryClient.invalidateQueries({ queryKey })
  }
}

/** What changed since the certificate was drafted, and since this page was opened where nothing was saved yet. */
export function useChanges(draft: DraftRead): readonly KnownChange[] {
  const { data = [] } = useQuery<KnownChange[]>({ queryKey: keyOf(draft), queryFn: skipToken })
  if (draft.line.state === 'issued' || draft.line.state === 'cannot_issue') return []
  const told = new Set(draft.changes.map(({ key }) => key))
  return [...draft.changes, ...data.filter(({ key }) => !told.has(key))]
}

/** The officer looks at each before going on; they stand at their answers too. */
export function KnownChanges({ draft }: { draft: DraftRead }) {
  const changes = useChanges(draft)
  if (changes.length === 0) return null
  const asked = new Set(draft.sections.flatMap(({ fields }) => fields.map(({ key }) => key)))
  return (
    <Notice tone="info" role="status" title="Changed since you drafted">
      <p>Council has learnt something else of this land. Look at it before you go on.</p>
      <ul css={{ paddingLeft: '1.25rem' }}>
        {changes.map(({ key, label, before, now }) => (
          <li key={key}>
            {asked.has(key) ? <TextLink href={`#field-${key}`}>{label}</TextLink> : label}
            {`: ${before ?? 'Not asked'} → ${now}`}
          </li>
        ))}
      </ul>
    </Notice>
  )
}
