import { useInfiniteQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  FindForm,
  formatMoney,
  Money,
  PagedList,
  RowCard,
  StaffPage,
  useMay,
  Views,
} from '@banksia/kit'
import { listAccountsInfiniteOptions, type FirmAccountRead } from '../api'
import { accountPage, accountsPage, newAccountPage } from '../finance-routes'

const hrefOf = (account: FirmAccountRead) => accountPage.href({ params: { accountId: account.id } })
const openView = accountsPage.href({ search: { show: 'open' } })
const closedView = accountsPage.href({ search: { show: 'closed' } })

/** Firms that buy now and pay a statement later, with what each owes. */
export default function AccountsPage() {
  const { show, q } = accountsPage.useSearch()
  const setSearch = accountsPage.useSetSearch()
  const may = useMay('payments.accounts.manage')
  const accounts = useInfiniteQuery({
    ...listAccountsInfiniteOptions({ query: { closed: show === 'closed', search: q, limit: 50 } }),
    ...byCursor,
  })
  return (
    <StaffPage
      title="Accounts"
      facts="Firms that buy on account. What they owe is what the ledger says."
      actions={
        may ? (
          <ButtonLink size="sm" href={newAccountPage.href()}>
            Open an account
          </ButtonLink>
        ) : undefined
      }
      views={
        <Views
          label="Accounts"
          views={[
            { label: 'Open', href: openView },
            { label: 'Closed', href: closedView },
          ]}
          active={show === 'closed' ? closedView : openView}
        />
      }
    >
      <FindForm
        label="Find an account"
        button="Find account"
        value={q}
        onFind={(text) => {
          setSearch({ q: text })
        }}
        applied={q ?? 'All accounts'}
      />
      <PagedList
        query={accounts}
        failed="The accounts could not be loaded"
        empty={q ? `No account matches ${q}. Try its name or code.` : 'There is no account here yet.'}
        shown={['account', 'accounts']}
      >
        {(rows) => <AccountTable rows={rows} />}
      </PagedList>
    </StaffPage>
  )
}

function AccountTable({ rows }: { rows: readonly FirmAccountRead[] }) {
  return (
    <DataTable
      caption="Accounts"
      rows={rows}
      rowKey={(account) => account.id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'name',
          header: 'Firm',
          cell: (account) => (
            <>
              <TextLink href={hrefOf(account)}>{account.name}</TextLink>
              <span className="detail">{account.code}</span>
            </>
          ),
        },
        { key: 'email', header: 'Email', wideOnly: true, cell: (account) => account.email ?? '' },
        { key: 'terms', header: 'Terms', cell: (account) => `${String(account.terms_days)} days` },
        {
          key: 'limit',
          header: 'Limit',
          align: 'right',
          cell: (account) => <Money cents={account.credit_limit_cents} />,
        },
        {
          key: 'left',
          header: 'Left',
          align: 'right',
          cell: (account) => <Money cents={account.left_cents} />,
        },
        {
          key: 'owes',
          header: 'Owes',
          align: 'right',
          cell: (account) => <Money cents={account.balance_cents} />,
        },
      ]}
      card={(account) => (
        <RowCard
          top={account.code}
          topEnd={<Money cents={account.balance_cents} />}
          title={<TextLink href={hrefOf(account)}>{account.name}</TextLink>}
          start={`${String(account.terms_days)} days`}
          end={`${formatMoney(account.left_cents)} left`}
        />
      )}
    />
  )
}
