import { TextLink } from '@ag.ds-next/react/text-link'
import { ModuleSettingsPanel, StaffPage, useModules } from '@banksia/kit'
import { OwnSettings, ownSettingsHref } from '../components/own-settings'
import { modulesPage, moduleSettingsPage } from '../routes'

/** One module's settings at this council, drawn from what the module says of them, or the way to its own page. */
export default function ModuleSettingsPage() {
  const { name } = moduleSettingsPage.useParams()
  const module = useModules().find((each) => each.name === name)
  const own = ownSettingsHref(module)
  return (
    <StaffPage
      title={`${module?.title ?? name}: settings`}
      where={<TextLink href={modulesPage.href()}>Modules</TextLink>}
    >
      <div css={{ maxWidth: '42rem' }}>
        {own ? <OwnSettings title={module?.title ?? name} href={own} /> : <ModuleSettingsPanel name={name} />}
      </div>
    </StaffPage>
  )
}
