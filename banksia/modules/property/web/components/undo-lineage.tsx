import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { ActionButton, Dialog, ErrorPanel, slimButtons, useMay } from '@banksia/kit'
import { readLineageOptions, undoLineageMutation } from '../api'
import { propertyPage } from '../routes'
import { LINEAGE_KINDS } from './words'

/** Takes back an event of the lineage that still stands, after a second thought. */
export function UndoLineage({ eventId }: { eventId: string }) {
  const { propertyId } = propertyPage.useParams()
  const mayRecord = useMay('property.lineage.record')
  const [open, setOpen] = useState(false)
  const queryClient = useQueryClient()
  const lineage = useQuery({
    ...readLineageOptions({ path: { property_id: propertyId } }),
    enabled: mayRecord,
  })
  const undo = useMutation({
    ...undoLineageMutation(),
    onSuccess: async () => {
      setOpen(false)
      await queryClient.invalidateQueries()
    },
  })
  const event = lineage.data?.events.find(({ id }) => id === eventId)
  if (!mayRecord || !event) return null
  const kind = LINEAGE_KINDS[event.kind].toLowerCase()
  const close = () => {
    setOpen(false)
  }
  return (
    <span css={slimButtons}>
      <Button
        size="sm"
        variant="text"
        onClick={() => {
          setOpen(true)
        }}
      >
        {`Take this ${kind} back`}
      </Button>
      <Dialog
        open={open}
        onClose={close}
        title={`Take the ${kind} of ${event.plan} back`}
        actions={
          <>
            <ActionButton
              size="sm"
              loading={undo.isPending}
              onClick={() => {
                undo.mutate({ path: { event_id: eventId } })
              }}
            >
              {`Take the ${kind} back`}
            </ActionButton>
            <Button size="sm" variant="secondary" onClick={close}>
              Leave it as it is
            </Button>
          </>
        }
      >
        {undo.error ? <ErrorPanel title="It was not taken back" error={undo.error} /> : null}
        <ul css={{ paddingLeft: '1.25rem' }}>
          <li>The lots that it ended are as they were before.</li>
          <li>The lots that it made never were; nothing may depend on them.</li>
          <li>The history keeps that it was recorded and taken back.</li>
        </ul>
      </Dialog>
    </span>
  )
}
