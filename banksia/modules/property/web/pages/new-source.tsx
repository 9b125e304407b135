import { useQueryClient } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Form, Panel, StaffPage, SubmitButton, useKitForm, useNavigateTo } from '@banksia/kit'
import { newImportPage, sourcesPage } from '../admin-routes'
import { createSource } from '../api'
import { blankSource, sourceBody, SourceFields, sourceSchema } from '../components/source-fields'

/** Set up where files come from; then the first file is sent. */
export default function NewSourcePage() {
  const queryClient = useQueryClient()
  const navigate = useNavigateTo()
  const form = useKitForm({
    schema: sourceSchema,
    defaultValues: blankSource,
    onSubmit: async (typed) => {
      const body = { format: typed.format, ...sourceBody(typed) }
      const { data } = await createSource({ body, throwOnError: true })
      await queryClient.invalidateQueries()
      navigate(newImportPage.href({ search: { source: data.id } }))
    },
  })
  return (
    <StaffPage title="New source" where={<TextLink href={sourcesPage.href()}>Sources</TextLink>}>
      <div css={{ maxWidth: '42rem' }}>
        <Panel title="Source" hint="Its columns are matched when you send the first file.">
          <Form form={form} label="New source">
            <SourceFields isNew />
            <SubmitButton beside={<TextLink href={sourcesPage.href()}>Cancel</TextLink>}>
              Add source
            </SubmitButton>
          </Form>
        </Panel>
      </div>
    </StaffPage>
  )
}
