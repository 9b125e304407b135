import { TextLink } from '@ag.ds-next/react/text-link'
import { Panel, StaffPage } from '@banksia/kit'
import { AccountForm } from '../components/account-form'
import { accountsPage } from '../finance-routes'

/** Let a firm buy now and pay a statement later. */
export default function NewAccountPage() {
  return (
    <StaffPage
      title="Open an account"
      where={<TextLink href={accountsPage.href()}>Accounts</TextLink>}
      facts="The firm can then buy at the counter on account, up to its limit."
    >
      <div css={{ maxWidth: '42rem' }}>
        <Panel title="The firm">
          <AccountForm />
        </Panel>
      </div>
    </StaffPage>
  )
}
