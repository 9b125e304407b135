import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { readAccountOptions } from '../api'
import { AccountForm } from '../components/account-form'
import { AccountUse } from '../components/account-use'
import { accountPage, editAccountPage } from '../finance-routes'

/** Change what is known of a firm, or close its account. */
export default function EditAccountPage() {
  const { accountId } = editAccountPage.useParams()
  const account = useQuery(readAccountOptions({ path: { account_id: accountId } }))
  return (
    <StaffPage
      title="Change account"
      where={
        <TextLink href={accountPage.href({ params: { accountId } })}>
          {account.data?.name ?? 'Account'}
        </TextLink>
      }
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '42rem' }}>
        <Loaded query={account} failed="The account could not be opened">
          {(read) => (
            <>
              <Panel title="The firm">
                <AccountForm key={read.id} account={read} />
              </Panel>
              <AccountUse account={read} />
            </>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}
