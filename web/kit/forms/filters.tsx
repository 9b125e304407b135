import { type PropsWithChildren, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { FilterIcon } from '@ag.ds-next/react/icon'
import type { CSSObject } from '@emotion/react'
import { colour, slimButtons, tabularFigures } from '../theme/tokens'
import { useIsPhone } from '../theme/use-media'

/** Staff filters: thinner borders and 36 pixels high, where AgDS draws 3 px and 48 for the public. */
export const compactFields: CSSObject = {
  'input:not([type=checkbox], [type=radio]), select': {
    height: '2.25rem',
    borderWidth: 2,
    paddingLeft: '0.625rem',
    fontSize: '0.9375rem',
  },
  'label, label *': { fontSize: '0.8125rem' },
  // The label stands closer to its field than the public's does.
  '& > div > div': { gap: '0.25rem' },
  ...tabularFigures,
}

interface FiltersProps {
  /** What is applied, in words: `12 certificates, due first`. Shown beside the one button on a phone. */
  applied: string
}

/** A row of filters; on a phone they stand behind one button with the sentence of what is applied. */
export function Filters({ applied, children }: PropsWithChildren<FiltersProps>) {
  const phone = useIsPhone()
  const [open, setOpen] = useState(false)
  const row = (
    <search
      css={{
        ...compactFields,
        ...slimButtons,
        display: 'flex',
        flexWrap: 'wrap',
        gap: '0.75rem',
        alignItems: 'flex-end',
      }}
    >
      {children}
    </search>
  )
  if (!phone) return row
  return (
    <div css={{ display: 'grid', gap: '0.75rem' }}>
      <div css={{ display: 'flex', alignItems: 'center', gap: '0.5rem', ...slimButtons }}>
        <Button
          size="sm"
          variant="secondary"
          iconBefore={FilterIcon}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          Filter and sort
        </Button>
        <span css={{ fontSize: '0.875rem', color: colour.foregroundMuted }}>{applied}</span>
      </div>
      {open ? row : null}
    </div>
  )
}
