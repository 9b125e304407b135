import { useEffect, useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  CheckboxField,
  DecisionPanel,
  Form,
  formatAddress,
  formatParcel,
  Panel,
  SubmitButton,
  Sums,
  TextField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { counterPage } from '../staff-routes'
import type { Chosen } from './counter-lines'
import { type priced, totalOf } from './prices'

const schema = z.object({
  name: z.string().trim().min(1, 'Enter the customer’s name.').max(200),
  email: z.union([z.literal(''), z.email('Enter an email address, or leave it empty.')]),
  phone: z.string().trim().max(40),
  reference: z.string().trim().max(200),
  collect: z.boolean(),
})

export type CounterCustomer = z.infer<typeof schema>

/** A certificate of the order, whichever property it is for. */
export interface OrderedLine extends Chosen {
  propertyId: string
  address: string
  /** What it was called when it was chosen. */
  title: string
}

type PricedLine = ReturnType<typeof priced<OrderedLine>>[number]

interface CounterOrderProps {
  lines: readonly PricedLine[]
  /** Chosen, and not sold any more. */
  gone: readonly OrderedLine[]
  /** Who was typed in before. */
  customer: CounterCustomer
  onType: (customer: CounterCustomer) => void
  onRemove: (line: OrderedLine) => void
  onPlace: (customer: CounterCustomer) => Promise<void>
}

/** Who orders, and everything that is ordered. */
export function CounterOrder({ lines, gone, customer, onType, onRemove, onPlace }: CounterOrderProps) {
  const [nothing, setNothing] = useState(false)
  const form = useKitForm({
    schema,
    defaultValues: customer,
    onSubmit: async (typed) => {
      setNothing(lines.length === 0)
      if (lines.length > 0) await onPlace(typed)
    },
  })
  const { subscribe } = form.methods
  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: ({ values }) => {
          onType(values)
        },
      }),
    [subscribe, onType],
  )
  return (
    <Panel title="Customer">
      <Form form={form} label="Customer">
        <TextField name="name" label="Name" />
        <TextField
          name="email"
          label="Email"
          type="email"
          optional
          hint="Without one the certificate is printed and collected."
        />
        <CheckboxField name="collect" label="The customer collects it on paper" />
        <TextField name="phone" label="Phone" type="tel" optional />
        <TextField name="reference" label="Matter number" optional />
        <DecisionPanel title="Order">
          <Sums
            sums={lines.map((each) => ({
              label: each.urgent ? `${each.title}, urgent` : each.title,
              detail: <Land line={each} onRemove={onRemove} />,
              cents: each.cents,
            }))}
            total={{ label: 'Total', cents: totalOf(lines) }}
          />
          {gone.map((line) => (
            <p key={`${line.propertyId} ${line.parcel} ${line.product}`} role="status">
              {`${line.title} for ${formatParcel(line.parcel)} is not sold any more and is not part of the order.`}
            </p>
          ))}
          {nothing && lines.length === 0 ? <p role="alert">Choose at least one certificate.</p> : null}
          <SubmitButton>Continue to payment</SubmitButton>
        </DecisionPanel>
      </Form>
    </Panel>
  )
}

/** Which land a line is for, the way back to it, and the way out. */
function Land({ line, onRemove }: { line: PricedLine; onRemove: (line: OrderedLine) => void }) {
  const parcel = formatParcel(line.parcel)
  return (
    <span css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0 0.75rem' }}>
      <TextLink href={counterPage.href({ search: { property: line.propertyId } })}>
        {line.address ? `${formatAddress(line.address)}, ${parcel}` : parcel}
      </TextLink>
      <Button
        size="sm"
        variant="tertiary"
        aria-label={`Remove ${line.title} for ${parcel}`}
        onClick={() => {
          onRemove(line)
        }}
      >
        Remove
      </Button>
    </span>
  )
}
