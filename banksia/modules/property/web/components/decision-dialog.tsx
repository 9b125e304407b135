import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Dialog, Form, SubmitButton, TextareaField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { approveCorrection, type CorrectionRead, rejectCorrection, withdrawCorrection } from '../api'
import { correctionValue } from './words'

export type Decision = 'approve' | 'reject' | 'withdraw'

interface DecisionDialogProps {
  decision: Decision
  correction: CorrectionRead
  onClose: () => void
}

const WORDS = {
  approve: { title: 'Approve this correction', button: 'Approve correction' },
  reject: { title: 'Reject this correction', button: 'Reject correction' },
  withdraw: { title: 'Withdraw this correction', button: 'Withdraw correction' },
} as const
const SEND = { approve: approveCorrection, reject: rejectCorrection, withdraw: withdrawCorrection }

/** A second thought before a record changes, with what will happen. */
export function DecisionDialog({ decision, correction, onClose }: DecisionDialogProps) {
  const queryClient = useQueryClient()
  const needed = decision === 'reject'
  const form = useKitForm({
    schema: z.object({
      reason: needed
        ? z.string().trim().min(1, 'Say why, so that it is not proposed again.').max(5000)
        : z.string().trim().max(5000),
    }),
    defaultValues: { reason: '' },
    onSubmit: async (body) => {
      await SEND[decision]({ path: { correction_id: correction.id }, body, throwOnError: true })
      onClose()
      await queryClient.invalidateQueries()
    },
  })
  return (
    <Dialog open onClose={onClose} title={WORDS[decision].title}>
      <Form form={form}>
        {decision === 'approve' ? (
          <ul css={{ paddingLeft: '1.25rem' }}>
            <li>
              {correction.record} will say{' '}
              <strong>{correctionValue(correction.field, correction.after)}</strong> from now on.
            </li>
            <li>Imports keep to it. When one says something else, it is listed as a conflict.</li>
            <li>The history of the property names you and {correction.proposed_by_name}.</li>
          </ul>
        ) : null}
        <TextareaField name="reason" label={needed ? 'Why' : 'Note'} optional={!needed} rows={3} />
        <SubmitButton
          beside={
            <Button variant="secondary" onClick={onClose}>
              Leave it as it is
            </Button>
          }
        >
          {WORDS[decision].button}
        </SubmitButton>
      </Form>
    </Dialog>
  )
}
