import { Panel, RadioField, SaveForm, useSaveForm } from '@banksia/kit'
import { approveModule, type ConnectedModuleDetail } from '../api'
import { PAGE_MODES, pageModeSchema } from '../page-modes'

/** How the pages of an approved module are shown, for an administrator who learns to trust it, or no longer does. */
export function PageModePanel({ module }: { module: ConnectedModuleDetail }) {
  const form = useSaveForm({
    schema: pageModeSchema,
    defaultValues: { page_mode: module.page_mode },
    // What was approved is approved once more, with its pages shown in another way.
    save: (values) =>
      approveModule({
        path: { name: module.name },
        body: { ...values, manifest_sha256: module.manifest_sha256 ?? '' },
        throwOnError: true,
      }),
  })
  return (
    <Panel title="How its pages are shown">
      <SaveForm form={form} label="How its pages are shown" button="Save how they are shown">
        <RadioField name="page_mode" label="Its pages stand" choices={PAGE_MODES} />
      </SaveForm>
    </Panel>
  )
}
