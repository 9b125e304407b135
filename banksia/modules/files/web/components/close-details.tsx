import { CloseIcon } from '@ag.ds-next/react/icon'
import { focusRing } from '@banksia/kit'
import { filePage } from '../routes'

/** Back to the list alone. */
export function CloseDetails() {
  const setSearch = filePage.useSetSearch()
  return (
    <button
      type="button"
      onClick={() => {
        setSearch({ document: undefined, tab: 'details' })
      }}
      css={closing}
    >
      <CloseIcon size="sm" aria-hidden="false" aria-label="Close details" />
    </button>
  )
}

const closing = {
  display: 'inline-flex',
  flexShrink: 0,
  alignSelf: 'flex-start',
  padding: '0.5rem',
  border: 0,
  background: 'none',
  cursor: 'pointer',
  ...focusRing,
} as const
