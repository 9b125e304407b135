import { TextLink } from '@ag.ds-next/react/text-link'
import { ModuleSettingsPanel, StaffPage } from '@banksia/kit'

/** The numbers that a council chooses for its property files. */
export default function PeriodsPage() {
  return (
    <StaffPage
      title="Sizes and periods of property files"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="They hold for what is sent and removed from now on; a link or a removal keeps the day it was given."
    >
      <div css={{ maxWidth: '42rem' }}>
        <ModuleSettingsPanel name="files" title="Sizes and periods" />
      </div>
    </StaffPage>
  )
}
