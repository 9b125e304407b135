import {
  organisationQuery,
  Panel,
  SaveForm,
  StaffPage,
  TextareaField,
  TextField,
  useOrganisation,
  useSaveForm,
} from '@banksia/kit'
import { TextLink } from '@ag.ds-next/react/text-link'
import { z } from 'zod'
import { updateOrganisation } from '../api'

const line = z.string().trim().max(200)
const details = z.object({
  name: line.min(1, 'Enter the council’s name.'),
  service_name: line.min(1, 'Enter a name for the service, such as Property certificates.'),
  abn: line.regex(/^$|^\d{2} ?\d{3} ?\d{3} ?\d{3}$/, 'Enter the 11 digits of the ABN.'),
  email: line,
  phone: line,
  address: z.string().trim().max(5000),
  counter_hours: line,
  acknowledgement: z.string().trim().max(5000),
})

/** Who the council is, as it stands on the portal, in mail and on paper. */
export default function DetailsPage() {
  const { name, service_name, abn, email, phone, address, counter_hours, acknowledgement } = useOrganisation()
  const form = useSaveForm({
    schema: details,
    defaultValues: { name, service_name, abn, email, phone, address, counter_hours, acknowledgement },
    save: (body) => updateOrganisation({ body, throwOnError: true }),
    refreshes: organisationQuery.queryKey,
  })
  return (
    <StaffPage title="Council details" where={<TextLink href="/settings">Settings</TextLink>}>
      <div css={{ maxWidth: '42rem' }}>
        <Panel title="Shown to customers" hint="On the portal, in email, on receipts and certificates.">
          <SaveForm form={form} label="Council details" button="Save details">
            <TextField name="name" label="Council" autoComplete="organization" />
            <TextField
              name="service_name"
              label="Service"
              hint="Stands under the council’s name on the portal."
            />
            <TextField name="abn" label="ABN" optional width="md" hint="11 digits. Needed on tax invoices." />
            <TextField name="email" label="Email" type="email" optional />
            <TextField name="phone" label="Phone" optional width="md" />
            <TextareaField name="address" label="Counter address" optional rows={3} />
            <TextField
              name="counter_hours"
              label="Counter hours"
              optional
              hint="Such as: Monday to Friday, 8:30 am to 4:30 pm."
            />
            <TextareaField
              name="acknowledgement"
              label="Acknowledgement of Country"
              optional
              rows={3}
              hint="Stands in the portal’s footer."
            />
          </SaveForm>
        </Panel>
      </div>
    </StaffPage>
  )
}
