import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, formatDayAndTime, Loaded, RowCard, StaffPage } from '@banksia/kit'
import { listTemplatesOptions, type TemplateSummary } from '../api'
import { versionWords } from '../components/template-views'
import { templatePage } from '../staff-routes'

const hrefOf = ({ code }: TemplateSummary) => templatePage.href({ params: { code } })

/** What each certificate is printed with, and what is being written. */
export default function TemplatesPage() {
  const templates = useQuery(listTemplatesOptions())
  return (
    <StaffPage
      title="Certificate templates"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="What each certificate says and asks. Certificates that are issued are never changed by a template."
    >
      <Loaded query={templates} failed="The templates could not be loaded">
        {({ templates: rows }) => (
          <DataTable
            caption="Templates"
            rows={rows}
            rowKey={({ code }) => code}
            rowHref={hrefOf}
            columns={[
              {
                key: 'title',
                header: 'Certificate',
                cell: (row) => (
                  <>
                    <TextLink href={hrefOf(row)}>{row.title}</TextLink>
                    <span className="detail">{row.code}</span>
                  </>
                ),
              },
              {
                key: 'in_force',
                header: 'In force',
                cell: ({ in_force }) => (
                  <>
                    {versionWords(in_force.number)}
                    <span className="detail">{publishedWords(in_force)}</span>
                  </>
                ),
              },
              { key: 'draft', header: 'Draft', cell: draftWords },
            ]}
            card={(row) => (
              <RowCard
                top={`In force: ${versionWords(row.in_force.number)}`}
                title={<TextLink href={hrefOf(row)}>{row.title}</TextLink>}
                start={row.code}
                end={row.draft_saved_at === null ? 'No draft' : 'Draft'}
              />
            )}
          />
        )}
      </Loaded>
    </StaffPage>
  )
}

function publishedWords({ published_at, published_by_name }: TemplateSummary['in_force']): string {
  return published_at === null ? '' : `${formatDayAndTime(published_at)}, ${published_by_name ?? ''}`
}

function draftWords({ draft_saved_at, draft_saved_by_name }: TemplateSummary): string {
  return draft_saved_at === null
    ? 'None'
    : `Saved ${formatDayAndTime(draft_saved_at)} by ${draft_saved_by_name ?? ''}`
}
