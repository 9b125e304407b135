import { TextLink } from '@ag.ds-next/react/text-link'
import { WarningFilledIcon } from '@ag.ds-next/react/icon'
import { colour, Panel, RADIUS, tabularFigures } from '@banksia/kit'
import type { Widget } from './dashboard-query'

/** One module's counts, each a link to the list that it counts; red with an icon only when something is wrong. */
export function DashboardPanel({ widget }: { widget: Widget }) {
  return (
    <Panel title={widget.title}>
      <ul
        css={{
          listStyle: 'none',
          display: 'grid',
          gridTemplateColumns: 'repeat(auto-fill, minmax(9.5rem, 1fr))',
          gap: '0.75rem',
        }}
      >
        {widget.content.counts.map((each) => (
          <Tile key={each.to} {...each} />
        ))}
      </ul>
    </Panel>
  )
}

function Tile({ label, count, to, alert }: Widget['content']['counts'][number]) {
  const wrong = alert && count > 0
  return (
    <li
      css={{
        position: 'relative',
        padding: '0.75rem 1rem',
        border: `1px solid ${colour.borderMuted}`,
        borderLeft: wrong ? `4px solid ${colour.systemError}` : undefined,
        borderRadius: RADIUS.control,
        background: count > 0 ? colour.backgroundBody : colour.backgroundShade,
        '&:hover': { background: colour.backgroundShade },
      }}
    >
      <p
        css={{
          ...tabularFigures,
          display: 'flex',
          alignItems: 'center',
          gap: '0.5rem',
          fontSize: '1.75rem',
          lineHeight: 1.2,
          fontWeight: count > 0 ? 'bold' : 'normal',
          color: wrong ? colour.systemError : count > 0 ? colour.foregroundText : colour.foregroundMuted,
        }}
      >
        {count.toLocaleString('en-AU')}
        {wrong ? <WarningFilledIcon size="md" color="error" aria-hidden /> : null}
      </p>
      {/* The whole tile opens what its link opens. */}
      <TextLink href={to} css={{ '&::after': { content: '""', position: 'absolute', inset: 0 } }}>
        {label}
      </TextLink>
    </li>
  )
}
