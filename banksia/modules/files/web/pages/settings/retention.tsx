import { TextLink } from '@ag.ds-next/react/text-link'
import { StaffPage, Views } from '@banksia/kit'
import { Classes } from '../../components/settings/classes'
import { Holds } from '../../components/settings/holds'
import { PlaceHold } from '../../components/settings/place-hold'
import { retentionPage } from '../../settings-routes'

const facts = {
  classes: 'A folder’s class says how long its documents are kept. Nothing is destroyed before its time.',
  holds: 'While a hold is on, nothing of the file may be destroyed, whatever its class says.',
  lifted: 'Holds that have ended, and why.',
}

/** How long documents are kept, and what nothing may be taken from. */
export default function RetentionPage() {
  const { view } = retentionPage.useSearch()
  const hrefOf = (wanted: typeof view) => retentionPage.href({ search: { view: wanted } })
  return (
    <StaffPage
      title="Retention and holds"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={facts[view]}
      views={
        <Views
          label="Retention"
          active={hrefOf(view)}
          views={[
            { label: 'Classes', href: hrefOf('classes') },
            { label: 'Holds', href: hrefOf('holds') },
            { label: 'Lifted holds', href: hrefOf('lifted') },
          ]}
        />
      }
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '72rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        {view === 'classes' ? <Classes /> : null}
        {view === 'holds' ? <PlaceHold /> : null}
        {view === 'classes' ? null : <Holds key={view} lifted={view === 'lifted'} />}
      </div>
    </StaffPage>
  )
}
