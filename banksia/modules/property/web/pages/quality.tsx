import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Count, Loaded, Panel, RowList, StaffPage } from '@banksia/kit'
import { qualityListPage } from '../admin-routes'
import { readQualityOptions, type QualityCount } from '../api'
import { number } from '../components/import-words'

/** What needs work in the truth: a list for each thing that can be wrong, with how long it is. */
export default function QualityPage() {
  const quality = useQuery(readQualityOptions())
  return (
    <StaffPage
      title="Data quality"
      facts="What does not fit together in the property data. The lists are made again after each import and correction."
    >
      <div css={{ maxWidth: '52rem' }}>
        <Loaded query={quality} failed="The work lists could not be loaded">
          {({ lists }) => (
            <Panel title="Work lists" flush>
              <RowList inset rows={lists.map(rowOf)} />
            </Panel>
          )}
        </Loaded>
      </div>
    </StaffPage>
  )
}

function rowOf({ kind, title, help, count, is_more }: QualityCount) {
  return {
    key: kind,
    title: <TextLink href={qualityListPage.href({ params: { kind } })}>{title}</TextLink>,
    detail: help,
    end: is_more ? (
      <strong>{`More than ${number(count)}`}</strong>
    ) : count > 0 ? (
      <Count value={count} />
    ) : (
      'None'
    ),
  }
}
