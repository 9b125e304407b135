import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, EmptyState, Loaded, RowCard, StaffPage, Status } from '@banksia/kit'
import { attributePage, newAttributePage } from '../admin-routes'
import { listAttributeDefinitionsOptions, type AttributeDefinitionRead } from '../api'
import { kindWords, subjectWords } from '../components/attribute-fields'

const hrefOf = ({ code }: AttributeDefinitionRead) => attributePage.href({ params: { code } })
const stateOf = ({ retired_at }: AttributeDefinitionRead) => (retired_at ? 'Off' : 'On')
const used = ({ value_count }: AttributeDefinitionRead) => value_count.toLocaleString('en-AU')

/** What the council records of properties besides their identity. */
export default function AttributesPage() {
  const catalogue = useQuery(listAttributeDefinitionsOptions())
  return (
    <StaffPage
      title="Attributes of properties"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Zone, heritage, bush fire, rates: what certificates need, with its source and date."
      actions={
        <ButtonLink size="sm" href={newAttributePage.href()}>
          Add an attribute
        </ButtonLink>
      }
    >
      <Loaded query={catalogue} failed="The attributes could not be loaded">
        {({ definitions }) =>
          definitions.length === 0 ? (
            <EmptyState action={<TextLink href={newAttributePage.href()}>Add an attribute</TextLink>}>
              No attribute is set up yet. Add one, then record it on a property or import it from a CSV file.
            </EmptyState>
          ) : (
            <Catalogue definitions={definitions} />
          )
        }
      </Loaded>
    </StaffPage>
  )
}

function Catalogue({ definitions }: { definitions: readonly AttributeDefinitionRead[] }) {
  return (
    <DataTable
      caption="Attributes"
      rows={definitions}
      rowKey={({ id }) => id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'title',
          header: 'Attribute',
          cell: (each) => (
            <>
              <TextLink href={hrefOf(each)}>{each.title}</TextLink>
              <span className="detail">{each.code}</span>
            </>
          ),
        },
        { key: 'group', header: 'Heading', wideOnly: true, cell: ({ group }) => group || 'None' },
        { key: 'kind', header: 'Value', cell: ({ kind }) => kindWords[kind] },
        { key: 'subject', header: 'Of', cell: ({ subject }) => subjectWords[subject] },
        { key: 'used', header: 'Recorded', align: 'right', cell: used },
        { key: 'state', header: 'State', width: '8rem', cell: (each) => <Status word={stateOf(each)} /> },
      ]}
      card={(each) => (
        <RowCard
          title={<TextLink href={hrefOf(each)}>{each.title}</TextLink>}
          detail={`${kindWords[each.kind]}, ${subjectWords[each.subject].toLowerCase()}`}
          start={`Recorded ${used(each)} times`}
          end={<Status word={stateOf(each)} />}
        />
      )}
    />
  )
}
