import { useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  DecisionPanel,
  EmptyState,
  Form,
  formatMoney,
  Loaded,
  StaffPage,
  SubmitButton,
  TextField,
  useKitForm,
  useNavigateTo,
} from '@banksia/kit'
import { z } from 'zod'
import { askWaiver, readPayableOfSubjectOptions, type PayableRead } from '../api'
import { newWaiverPage, waiversPage } from '../till-routes'

const schema = z.object({
  reason: z.string().trim().min(1, 'Enter the reason. It stands in the books.').max(200),
})

/** Ask that what is owed be waived, for whatever the address names. */
export default function NewWaiverPage() {
  const { kind, subject } = newWaiverPage.useSearch()
  const payable = useQuery({
    ...readPayableOfSubjectOptions({ path: { kind: kind ?? '', subject_id: subject ?? '' } }),
    enabled: Boolean(kind && subject),
  })
  return (
    <StaffPage
      title="Ask to waive a fee"
      where={<TextLink href={waiversPage.href()}>Waivers</TextLink>}
      facts={payable.data ? `${payable.data.title}, ${payable.data.payer_name}` : undefined}
    >
      <div css={{ maxWidth: '40rem' }}>
        {kind && subject ? (
          <Loaded query={payable} failed="What is owed could not be opened">
            {(owed) => <Ask owed={owed} />}
          </Loaded>
        ) : (
          <EmptyState>Open the order first, and ask from its payment.</EmptyState>
        )}
      </div>
    </StaffPage>
  )
}

function Ask({ owed }: { owed: PayableRead }) {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const left = owed.total_cents - owed.paid_cents
  const form = useKitForm({
    schema,
    defaultValues: { reason: '' },
    onSubmit: async (body) => {
      await askWaiver({ path: { payable_id: owed.id }, body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(waiversPage.href())
    },
  })
  if (owed.state !== 'awaiting_payment')
    return (
      <EmptyState>{`${owed.reference} does not wait for payment, so there is nothing to waive.`}</EmptyState>
    )
  return (
    <DecisionPanel title={`Waive ${formatMoney(left)} for ${owed.reference}`}>
      <ul css={{ paddingLeft: '1.25rem', margin: '0.75rem 0 1rem' }}>
        <li>Another person approves it or turns it down.</li>
        <li>Until then it stays owed and can be paid.</li>
      </ul>
      <Form form={form} label="Ask for a waiver">
        <TextField name="reason" label="Reason" width="full" />
        <SubmitButton>{`Ask to waive ${formatMoney(left)}`}</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
