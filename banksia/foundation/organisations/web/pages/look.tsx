import { TextLink } from '@ag.ds-next/react/text-link'
import { organisationQuery, Panel, SaveForm, StaffPage, useOrganisation, useSaveForm } from '@banksia/kit'
import { z } from 'zod'
import { updateOrganisation } from '../api'
import { ColourFields } from '../components/colour-fields'
import { LogoForm } from '../components/logo-form'

const schema = z.object({
  theme: z.record(
    z.string(),
    z
      .string()
      .trim()
      .regex(/^#[0-9a-fA-F]{6}$/, 'Write the colour as #rrggbb, such as #14563b.'),
  ),
})

/** How the council looks; the server refuses colours that not everyone can read, and says which. */
export default function LookPage() {
  const { theme } = useOrganisation()
  const form = useSaveForm({
    schema,
    defaultValues: { theme: theme },
    save: (body) => updateOrganisation({ body, throwOnError: true }),
    refreshes: organisationQuery.queryKey,
  })
  return (
    <StaffPage title="Logo and colours" where={<TextLink href="/settings">Settings</TextLink>}>
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '52rem' }}>
        <Panel title="Logo">
          <LogoForm />
        </Panel>
        <Panel
          title="Colours"
          hint="Text needs a contrast of 4.5:1 with its ground, borders and outlines 3:1."
        >
          <SaveForm form={form} label="Colours" button="Save colours">
            <ColourFields />
          </SaveForm>
        </Panel>
      </div>
    </StaffPage>
  )
}
