import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  CustomerPage,
  ErrorPanel,
  Facts,
  Loaded,
  Panel,
  SaveForm,
  useNavigateTo,
  useSaveForm,
} from '@banksia/kit'
import { leaveFirmMutation, readFirmOptions, updateFirm, type FirmRead } from '../api'
import { FirmFields } from '../components/firm-fields'
import { FirmInvitations } from '../components/firm-invitations'
import { FirmMembers } from '../components/firm-members'
import { firmDetails, roleWords } from '../components/firm-words'
import { firmPage, firmsPage } from '../firm-routes'

/** A firm: who belongs to it, who is invited, what council knows of it. */
export default function FirmPage() {
  const { firmId } = firmPage.useParams()
  const queryClient = useQueryClient()
  const found = useQuery(readFirmOptions({ path: { firm_id: firmId } }))
  const onChanged = () => queryClient.invalidateQueries()
  return (
    <CustomerPage
      title={found.data?.name ?? 'Firm'}
      where={<TextLink href={firmsPage.href()}>Your firm</TextLink>}
      lead={found.data ? `Your role: ${roleWords[found.data.my_role].toLowerCase()}` : undefined}
    >
      <Loaded query={found} failed="The firm could not be loaded">
        {(firm) => (
          <>
            <FirmMembers firm={firm} onChanged={onChanged} />
            {firm.roles_to_invite.length > 0 ? <FirmInvitations firm={firm} onChanged={onChanged} /> : null}
            <Panel title="Details">
              {firm.may_edit ? (
                <Details firm={firm} />
              ) : (
                <Facts
                  of={[
                    ['Name', firm.name],
                    firm.abn ? ['ABN', firm.abn] : null,
                    firm.billing_email ? ['Billing email', firm.billing_email] : null,
                  ]}
                />
              )}
            </Panel>
            <Leave firm={firm} />
          </>
        )}
      </Loaded>
    </CustomerPage>
  )
}

function Details({ firm }: { firm: FirmRead }) {
  const form = useSaveForm({
    schema: firmDetails,
    defaultValues: { name: firm.name, abn: firm.abn, billing_email: firm.billing_email ?? '' },
    save: async ({ billing_email, ...details }) => {
      const body = { ...details, billing_email: billing_email || null }
      await updateFirm({ path: { firm_id: firm.id }, body, throwOnError: true })
    },
  })
  return (
    <SaveForm form={form} label="Details" button="Save details">
      <FirmFields />
    </SaveForm>
  )
}

function Leave({ firm }: { firm: FirmRead }) {
  const navigate = useNavigateTo()
  const queryClient = useQueryClient()
  const leave = useMutation({
    ...leaveFirmMutation(),
    onSuccess: async () => {
      navigate(firmsPage.href(), { replace: true })
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Panel title="Leave the firm">
      {leave.error ? <ErrorPanel title="You are still a member" error={leave.error} /> : null}
      {firm.may_leave ? (
        <div css={{ display: 'grid', gap: '0.75rem', justifyItems: 'start' }}>
          <p>You see the firm’s orders no more, also those that you placed for it.</p>
          <ActionButton
            variant="secondary"
            loading={leave.isPending}
            onClick={() => {
              leave.mutate({ path: { firm_id: firm.id } })
            }}
          >
            {`Leave ${firm.name}`}
          </ActionButton>
        </div>
      ) : (
        <p>You are the last owner. Make another member an owner before you leave.</p>
      )}
    </Panel>
  )
}
