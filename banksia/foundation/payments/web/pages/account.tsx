import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Facts, formatMoney, Loaded, Notice, Panel, periodOf, StaffPage, Status, useMay } from '@banksia/kit'
import { readAccountOptions, type FirmAccountRead } from '../api'
import { AccountPaymentForm } from '../components/account-payment-form'
import { AccountPayments } from '../components/account-payments'
import { AccountStatement } from '../components/account-statement'
import { accountPage, accountsPage, editAccountPage } from '../finance-routes'

const back = <TextLink href={accountsPage.href()}>Accounts</TextLink>

/** One firm: what it owes, what it bought and paid, and its statement. */
export default function AccountPage() {
  const { accountId } = accountPage.useParams()
  const account = useQuery(readAccountOptions({ path: { account_id: accountId } }))
  if (account.data) return <Account account={account.data} />
  return (
    <StaffPage title="Account" where={back}>
      <Loaded query={account} failed="The account could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function Account({ account }: { account: FirmAccountRead }) {
  const search = accountPage.useSearch()
  const setSearch = accountPage.useSetSearch()
  const may = useMay('payments.accounts.manage')
  const [done, setDone] = useState('')
  return (
    <StaffPage
      title={account.name}
      where={back}
      badge={<Status word={account.closed_at ? 'Closed' : 'Open'} />}
      facts={`Account ${account.code}, ${owes(account)}`}
      actions={
        may ? (
          <ButtonLink
            size="sm"
            variant="secondary"
            href={editAccountPage.href({ params: { accountId: account.id } })}
          >
            Change account
          </ButtonLink>
        ) : undefined
      }
      aside={
        <>
          {done ? <Notice tone="success" role="status" title={done} /> : null}
          <AccountPaymentForm key={account.balance_cents} account={account} onDone={setDone} />
          <Panel title="The firm">
            <Facts
              labels="7rem"
              of={[
                ['Email', account.email ?? 'None'],
                account.postal_address
                  ? [
                      'Post',
                      <span key="post" css={{ whiteSpace: 'pre-line' }}>
                        {account.postal_address}
                      </span>,
                    ]
                  : null,
                ['Terms', `${String(account.terms_days)} days`],
                ['Limit', formatMoney(account.credit_limit_cents)],
                ['Left of it', formatMoney(account.left_cents)],
              ]}
            />
          </Panel>
        </>
      }
    >
      <AccountStatement
        account={account}
        period={periodOf(search)}
        onPeriod={(days) => {
          setSearch(days)
        }}
      />
      <AccountPayments account={account} />
    </StaffPage>
  )
}

function owes({ balance_cents }: FirmAccountRead): string {
  if (balance_cents > 0) return `owes ${formatMoney(balance_cents)}`
  return balance_cents < 0 ? `has ${formatMoney(-balance_cents)} to its credit` : 'owes nothing'
}
