import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  ActionButton,
  EmptyState,
  ErrorPanel,
  Facts,
  Loaded,
  Panel,
  SaveForm,
  slimButtons,
  StaffPage,
  Status,
  useSaveForm,
} from '@banksia/kit'
import { attributePage, attributesPage } from '../admin-routes'
import {
  listAttributeDefinitionsOptions,
  restoreAttributeDefinitionMutation,
  retireAttributeDefinitionMutation,
  updateAttributeDefinition,
  type AttributeDefinitionRead,
} from '../api'
import {
  attributeBody,
  AttributeFields,
  attributeSchema,
  kindWords,
  subjectWords,
} from '../components/attribute-fields'

const all = listAttributeDefinitionsOptions()

/** One attribute of the catalogue: what it is, and whether it is still recorded. */
export default function AttributePage() {
  const { code } = attributePage.useParams()
  const catalogue = useQuery(all)
  const attribute = catalogue.data?.definitions.find((each) => each.code === code)
  return (
    <StaffPage
      title={attribute?.title ?? 'Attribute'}
      where={<TextLink href={attributesPage.href()}>Attributes of properties</TextLink>}
      badge={attribute ? <Status word={attribute.retired_at ? 'Off' : 'On'} outlined /> : null}
    >
      <div css={{ display: 'grid', gap: '1.25rem', maxWidth: '42rem' }}>
        <Loaded query={catalogue} failed="The attribute could not be loaded">
          {() =>
            attribute ? (
              <>
                <Known attribute={attribute} />
                <Retiring attribute={attribute} />
              </>
            ) : (
              <EmptyState action={<TextLink href={attributesPage.href()}>See all attributes</TextLink>}>
                There is no attribute {code}.
              </EmptyState>
            )
          }
        </Loaded>
      </div>
    </StaffPage>
  )
}

function Known({ attribute }: { attribute: AttributeDefinitionRead }) {
  const { code, title, kind, choices, subject, group, help } = attribute
  const fixed = attribute.value_count > 0
  const form = useSaveForm({
    schema: attributeSchema,
    defaultValues: { title, kind, choices: choices.join('\n'), subject, group, help },
    save: (typed) =>
      updateAttributeDefinition({ path: { code }, body: attributeBody(typed), throwOnError: true }),
    refreshes: all.queryKey,
  })
  return (
    <Panel title="Attribute">
      <div css={{ marginBottom: '1.5rem' }}>
        <Facts
          of={[
            ['Code', code],
            fixed && ['Kind of value', kindWords[kind]],
            fixed && ['What has it', subjectWords[subject]],
            ['Recorded', `${attribute.value_count.toLocaleString('en-AU')} times`],
          ]}
        />
      </div>
      <SaveForm form={form} label="Attribute" button="Save attribute">
        <AttributeFields fixed={fixed} />
      </SaveForm>
    </Panel>
  )
}

function Retiring({ attribute: { code, title, retired_at } }: { attribute: AttributeDefinitionRead }) {
  const queryClient = useQueryClient()
  const onSuccess = () => queryClient.invalidateQueries({ queryKey: all.queryKey })
  const retire = useMutation({ ...retireAttributeDefinitionMutation(), onSuccess })
  const restore = useMutation({ ...restoreAttributeDefinitionMutation(), onSuccess })
  const act = retired_at ? restore : retire
  return (
    <Panel
      title={retired_at ? 'No longer recorded' : 'Stop recording it'}
      hint="What was recorded stays on its properties either way."
    >
      {act.error ? <ErrorPanel title="The attribute was not changed" error={act.error} /> : null}
      <div css={slimButtons}>
        <ActionButton
          size="sm"
          variant="secondary"
          loading={act.isPending}
          onClick={() => act.mutate({ path: { code } })}
        >
          {retired_at ? `Record ${title} again` : `Retire ${title}`}
        </ActionButton>
      </div>
    </Panel>
  )
}
