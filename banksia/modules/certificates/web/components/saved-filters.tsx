import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { colour, slimButtons } from '@banksia/kit'
import { listFiltersOptions, type SavedFilterCreate, type SavedFilterRead } from '../api'
import { ChangeFilter, SaveFilter } from './saved-filter-dialogs'

export type Search = SavedFilterCreate['search']

/** The filters of a list that this person sees: their own and those that are shared. */
export function useSavedFilters(place: Search['place']) {
  const { data } = useQuery(listFiltersOptions({ query: { place } }))
  return { filters: data?.filters ?? [], mayShare: data?.may_share ?? false }
}

interface SavedFiltersProps {
  /** What the list shows now. */
  search: Search
  /** Whether it shows less than one of its views does. */
  narrowed: boolean
  /** The saved filter that is shown. */
  shown: SavedFilterRead | undefined
  mayShare: boolean
}

/** Under the filters: keep what is shown under a name, or change what is kept. */
export function SavedFilters({ search, narrowed, shown, mayShare }: SavedFiltersProps) {
  // Which of the two: what is saved is shown before its dialog closes, and must not open the other one.
  const [open, setOpen] = useState<'save' | 'change'>()
  const close = () => {
    setOpen(undefined)
  }
  if (shown) {
    return (
      <div
        css={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: '0.25rem 0.75rem',
          ...slimButtons,
        }}
      >
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{whose(shown)}</span>
        {shown.may_change ? (
          <Button
            size="sm"
            variant="tertiary"
            onClick={() => {
              setOpen('change')
            }}
          >
            Change this filter
          </Button>
        ) : null}
        {open === 'change' ? <ChangeFilter kept={shown} mayShare={mayShare} onClose={close} /> : null}
      </div>
    )
  }
  if (!narrowed) return null
  return (
    <div css={slimButtons}>
      <Button
        size="sm"
        variant="tertiary"
        onClick={() => {
          setOpen('save')
        }}
      >
        Save this filter
      </Button>
      {open === 'save' ? <SaveFilter search={search} mayShare={mayShare} onClose={close} /> : null}
    </div>
  )
}

function whose(kept: SavedFilterRead): string {
  if (!kept.is_shared) return `Your filter “${kept.name}”. Only you see it.`
  return kept.is_mine
    ? `Your filter “${kept.name}”, shared with the team.`
    : `“${kept.name}”, shared by ${kept.owner_name}.`
}
