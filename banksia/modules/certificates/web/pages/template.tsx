import { useQuery } from '@tanstack/react-query'
import { Loaded, StaffPage } from '@banksia/kit'
import { readTemplateOptions } from '../api'
import { TemplateEditor } from '../components/template-editor'
import { TemplateWhere } from '../components/template-views'
import { templatePage } from '../staff-routes'

/** The editor of one certificate's template. */
export default function TemplatePage() {
  const { code } = templatePage.useParams()
  const template = useQuery({
    ...readTemplateOptions({ path: { code } }),
    // What is typed stands on what was read: it is not read anew while somebody writes.
    refetchOnWindowFocus: false,
    staleTime: Infinity,
  })
  if (template.data) return <TemplateEditor key={code} template={template.data} />
  return (
    <StaffPage title="Certificate template" where={<TemplateWhere />}>
      <Loaded query={template} failed="The template could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}
