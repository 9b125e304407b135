import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { formatAddress, formatDay, formatParcel, Panel, RowList } from '@banksia/kit'
import { choosePage, homePage } from '../routes'
import { removeLine } from './basket'
import type { PricedLine } from './prices'

/** Every certificate that is chosen, for whichever property, each with its own ways to change it. */
export function BasketLines({
  lines,
  title = 'Certificates',
}: {
  lines: readonly PricedLine[]
  title?: string
}) {
  return (
    <Panel title={title} action={<TextLink href={homePage.href()}>Add another property</TextLink>} flush>
      <RowList
        inset
        stack
        rows={lines.map((line) => {
          const name = `${line.title} for ${formatParcel(line.parcel)}`
          return {
            key: `${line.propertyId} ${line.parcel} ${line.product}`,
            title: <strong>{line.title}</strong>,
            detail: (
              <>
                {formatAddress(line.address)}
                <br />
                <strong>{formatParcel(line.parcel)}</strong>
                <br />
                {line.urgent ? 'Urgent' : 'Standard'}
                {line.dueOn ? `, due by ${formatDay(line.dueOn)}` : ''}
              </>
            ),
            end: (
              <>
                <TextLink
                  href={choosePage.href({
                    params: { propertyId: line.propertyId },
                    search: { parcel: line.parcel },
                  })}
                  aria-label={`Change ${name}`}
                >
                  Change
                </TextLink>
                <Button
                  size="sm"
                  variant="tertiary"
                  aria-label={`Remove ${name}`}
                  onClick={() => {
                    removeLine(line)
                  }}
                >
                  Remove
                </Button>
              </>
            ),
          }
        })}
      />
    </Panel>
  )
}
