import { useInfiniteQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { byCursor, PagedList, Panel, RowList, StaffPage, Views } from '@banksia/kit'
import { listRemovalsInfiniteOptions } from '../../api'
import { AskedPanel } from '../../components/settings/asked-panel'
import { IsolatedPanel } from '../../components/settings/isolated-panel'
import { decided, DocumentTitle } from '../../components/settings/removal-parts'
import { removalsPage } from '../../settings-routes'

const empty = {
  asked: 'Nobody waits for a decision.',
  isolated: 'No document is in isolation.',
  purged: 'No document has left yet.',
  refused: 'No request was refused.',
}
const facts = {
  asked:
    'Anyone may ask that a document be removed. Another person decides, and every administrator is told.',
  isolated:
    'Out of the file and out of search, but whole: each can be restored until the day it is destroyed.',
  purged: 'Destroyed at the end of their isolation. Title, hash and log stay.',
  refused: 'These stayed in their files.',
}

/** Removals of documents: those that wait for a decision, what can be restored, and what has left. */
export default function RemovalsPage() {
  const { view } = removalsPage.useSearch()
  const removals = useInfiniteQuery({
    ...listRemovalsInfiniteOptions({ query: { state: view, limit: 20 } }),
    ...byCursor,
  })
  const hrefOf = (wanted: typeof view) => removalsPage.href({ search: { view: wanted } })
  return (
    <StaffPage
      title="Removals of documents"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts={facts[view]}
      views={
        <Views
          label="Removals"
          active={hrefOf(view)}
          views={[
            { label: 'Asked for', href: hrefOf('asked') },
            { label: 'In isolation', href: hrefOf('isolated') },
            { label: 'Left', href: hrefOf('purged') },
            { label: 'Refused', href: hrefOf('refused') },
          ]}
        />
      }
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '52rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
        <PagedList
          query={removals}
          failed="The removals could not be loaded"
          empty={empty[view]}
          shown={['removal', 'removals']}
        >
          {(rows) => {
            if (view === 'asked') return rows.map((row) => <AskedPanel key={row.id} removal={row} />)
            if (view === 'isolated') return rows.map((row) => <IsolatedPanel key={row.id} removal={row} />)
            return (
              <Panel flush>
                <RowList
                  inset
                  rows={rows.map((row) => ({
                    key: row.id,
                    title: <DocumentTitle removal={row} />,
                    detail: (
                      <>
                        <div>{`Asked for by ${row.requested_by_name}: ${row.reason}`}</div>
                        <div>{decided(row)}</div>
                      </>
                    ),
                  }))}
                />
              </Panel>
            )
          }}
        </PagedList>
      </div>
    </StaffPage>
  )
}
