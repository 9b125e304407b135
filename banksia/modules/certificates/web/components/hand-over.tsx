import { ButtonLink } from '@ag.ds-next/react/button'
import {
  CheckboxesField,
  DecisionPanel,
  Form,
  SubmitButton,
  TextField,
  useKitForm,
  useMay,
} from '@banksia/kit'
import { z } from 'zod'
import { handOver, type OrderRead } from '../api'
import { useKeepDelivery } from './use-keep-delivery'

const schema = z.object({
  line_ids: z.array(z.string()).min(1, 'Choose at least one certificate.'),
  collected_by: z.string().trim().min(1, 'Enter who collects it.').max(200),
})

type Line = OrderRead['lines'][number]
const waits = (line: Line) => line.collects && !line.collected_at && line.state === 'ready'

/** Certificates on paper for the person at the counter: print, hand over, note who took them. */
export function HandOver({ order }: { order: OrderRead }) {
  const may = useMay('certificates.orders.lodge')
  const lines = order.lines.filter(waits)
  if (!may || lines.length === 0) return null
  // What waits changes when something is handed over, or a replacement is issued: the form begins afresh.
  return <HandOverForm key={lines.map(({ id }) => id).join()} order={order} lines={lines} />
}

function HandOverForm({ order, lines }: { order: OrderRead; lines: Line[] }) {
  const keep = useKeepDelivery(order.id)
  const form = useKitForm({
    schema,
    defaultValues: { line_ids: lines.map(({ id }) => id), collected_by: order.contact.name },
    onSubmit: async (body) => {
      const { data } = await handOver({ path: { order_id: order.id }, body, throwOnError: true })
      await keep(data)
    },
  })
  return (
    <DecisionPanel title="To hand over" id="hand-over">
      <ul css={{ listStyle: 'none', display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginBottom: '1rem' }}>
        {lines.map((line) => (
          <li key={line.id}>
            <ButtonLink
              href={`${line.certificates[0]?.download_path ?? ''}?show=true`}
              target="_blank"
              rel="noreferrer"
              size="sm"
              variant="secondary"
            >
              {`Print ${line.certificates[0]?.number ?? ''}`}
            </ButtonLink>
          </li>
        ))}
      </ul>
      <Form form={form} label="To hand over">
        <CheckboxesField
          name="line_ids"
          label="Handed over"
          choices={lines.map((line) => ({
            value: line.id,
            label: `${line.title}, ${line.certificates[0]?.number ?? ''}`,
          }))}
        />
        <TextField name="collected_by" label="Collected by" hint="As on what they show you." />
        <SubmitButton>Mark as collected</SubmitButton>
      </Form>
    </DecisionPanel>
  )
}
