import { Column, ModuleFrame } from '../components/module-frame'
import { ModuleSettingsPanel } from '@banksia/kit'
import { moduleSettingsPage } from '../routes'

/** A module's settings at this council, drawn from what it says of them; it reads them itself. */
export default function ModuleSettingsPage() {
  const { name } = moduleSettingsPage.useParams()
  return (
    <ModuleFrame name={name} page={moduleSettingsPage}>
      {({ title }) => (
        <Column>
          <ModuleSettingsPanel
            name={name}
            at="connections"
            hint={`${title} reads them itself, usually within minutes.`}
          />
        </Column>
      )}
    </ModuleFrame>
  )
}
