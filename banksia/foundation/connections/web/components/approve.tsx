import { useQueryClient } from '@tanstack/react-query'
import { DecisionPanel, Form, modulesQuery, RadioField, SubmitButton, useKitForm } from '@banksia/kit'
import { approveModule, type ConnectedModuleDetail, type ModuleApproved } from '../api'
import { PAGE_MODES, pageModeSchema } from '../page-modes'
import { RemoveModule } from './remove'

interface ApproveProps {
  module: ConnectedModuleDetail
  onApproved: (approved: ModuleApproved) => void
}

/** Where an administrator lets a module in, or sends it away: what was read is approved, and nothing newer. */
export function Approve({ module, onApproved }: ApproveProps) {
  const queryClient = useQueryClient()
  const again = module.manifest !== null
  const form = useKitForm({
    schema: pageModeSchema,
    defaultValues: { page_mode: module.page_mode },
    onSubmit: async (values) => {
      const { data } = await approveModule({
        path: { name: module.name },
        body: { ...values, manifest_sha256: module.asks_sha256 ?? '' },
        throwOnError: true,
      })
      onApproved(data)
      await Promise.all([
        queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' }),
        queryClient.invalidateQueries({ queryKey: modulesQuery.queryKey }),
      ])
    },
  })
  return (
    <DecisionPanel title={again ? 'Approve the changes' : `Approve ${module.title}`}>
      <p css={{ marginBottom: '1rem' }}>
        {again
          ? 'From then on the module works as it asks for now.'
          : 'It gets what is listed here and no more. You switch it on afterwards, once its server has its secrets.'}
      </p>
      <Form form={form} label="Approval">
        {module.asks?.pages ? (
          <RadioField name="page_mode" label="How its pages are shown" choices={PAGE_MODES} />
        ) : null}
        <SubmitButton beside={again ? null : <RemoveModule module={module} words="Refuse it" />}>
          {again ? 'Approve changes' : `Approve ${module.title}`}
        </SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
