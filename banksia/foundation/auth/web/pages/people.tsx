import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  byCursor,
  DataTable,
  FindForm,
  formatDayAndTime,
  PagedList,
  RowCard,
  StaffPage,
  Tag,
  Views,
} from '@banksia/kit'
import { listRolesOptions, listUsersInfiniteOptions, type AccountRead } from '../api'
import { invitePage, peoplePage, personPage } from '../people-routes'

const hrefOf = (person: AccountRead) => personPage.href({ params: { userId: person.id } })
const stateOf = (person: AccountRead) =>
  !person.active ? 'Switched off' : person.has_password ? 'Active' : 'Invited'

/** Who can sign in, and as what. */
export default function PeoplePage() {
  const { q, kind } = peoplePage.useSearch()
  const setSearch = peoplePage.useSetSearch()
  const roles = useQuery(listRolesOptions())
  const people = useInfiniteQuery({
    ...listUsersInfiniteOptions({ query: { kind, q: q ?? '', limit: 50 } }),
    ...byCursor,
  })
  const titles = (person: AccountRead) =>
    person.roles.map((name) => roles.data?.find((role) => role.name === name)?.title ?? name).join(', ')
  const views = [
    { label: 'Staff', href: peoplePage.href({ search: { q, kind: 'staff' } }) },
    { label: 'Customers', href: peoplePage.href({ search: { q, kind: 'customer' } }) },
  ]
  return (
    <StaffPage
      title="People"
      where={<TextLink href="/settings">Settings</TextLink>}
      actions={
        <ButtonLink size="sm" href={invitePage.href()}>
          Invite a person
        </ButtonLink>
      }
      views={<Views label="People" views={views} active={peoplePage.href({ search: { q, kind } })} />}
    >
      <div css={{ display: 'grid', gap: '0.75rem' }}>
        <FindForm
          label="Name or email"
          button="Find"
          value={q}
          onFind={(text) => setSearch({ q: text })}
          applied={q ?? 'Everybody'}
        />
        <PagedList
          query={people}
          failed="The people could not be loaded"
          empty={q ? `Nobody matches ${q}.` : 'Nobody is here yet.'}
          shown={['person', 'people']}
        >
          {(rows) => (
            <DataTable
              caption="People"
              rows={rows}
              rowKey={(person) => person.id}
              rowHref={hrefOf}
              columns={[
                {
                  key: 'name',
                  header: 'Name',
                  cell: (person) => (
                    <>
                      <TextLink href={hrefOf(person)}>{person.name}</TextLink>
                      <span className="detail">{person.email}</span>
                    </>
                  ),
                },
                { key: 'roles', header: 'Roles', cell: titles },
                {
                  key: 'seen',
                  header: 'Last signed in',
                  wideOnly: true,
                  cell: (person) =>
                    person.last_signed_in_at ? formatDayAndTime(person.last_signed_in_at) : 'Never',
                },
                {
                  key: 'state',
                  header: 'State',
                  width: '9rem',
                  cell: (person) => <Tag>{stateOf(person)}</Tag>,
                },
              ]}
              card={(person) => (
                <RowCard
                  title={<TextLink href={hrefOf(person)}>{person.name}</TextLink>}
                  detail={person.email}
                  start={titles(person)}
                  end={stateOf(person)}
                />
              )}
            />
          )}
        </PagedList>
      </div>
    </StaffPage>
  )
}
