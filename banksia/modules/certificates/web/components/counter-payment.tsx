import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Radio } from '@ag.ds-next/react/radio'
import { TextInput } from '@ag.ds-next/react/text-input'
import { colour, DecisionPanel, ErrorPanel, formatMoney, moneyInput, Money, parseMoney } from '@banksia/kit'
import { takePaymentMutation, type CounterPaymentRead } from '../api'

type Method = 'cash' | 'eftpos' | 'cheque'
const METHODS: { value: Method; label: string }[] = [
  { value: 'cash', label: 'Cash' },
  { value: 'eftpos', label: 'EFTPOS' },
  { value: 'cheque', label: 'Cheque' },
]

interface CounterPaymentProps {
  orderId: string
  dueCents: number
  onPaid: (paid: CounterPaymentRead) => void
}

/** The amount due, how it is paid, and the change. No field could hold a card number. */
export function CounterPayment({ orderId, dueCents, onPaid }: CounterPaymentProps) {
  const [method, setMethod] = useState<Method>('cash')
  const [received, setReceived] = useState('')
  const [reference, setReference] = useState('')
  const [drawer, setDrawer] = useState('')
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const take = useMutation({
    ...takePaymentMutation(),
    onSuccess: async (paid) => {
      await queryClient.invalidateQueries()
      onPaid(paid)
    },
  })
  const receivedCents = parseMoney(received)
  const change = receivedCents === null ? null : receivedCents - dueCents
  const finish = () => {
    const problem = problemOfParts(method, change, reference, drawer)
    setWrong(problem)
    if (problem || take.isPending) return
    const part = {
      method,
      amount_cents: dueCents,
      tendered_cents: method === 'cash' ? receivedCents : null,
      reference: method === 'cash' ? null : reference.trim(),
      drawer: method === 'cheque' ? drawer.trim() : null,
    }
    take.mutate({ path: { order_id: orderId }, body: { parts: [part] } })
  }
  return (
    <DecisionPanel title={<Amount cents={dueCents} />}>
      {take.error ? <ErrorPanel title="The payment was not recorded" error={take.error} /> : null}
      <form
        onSubmit={(event) => {
          event.preventDefault()
          finish()
        }}
        css={{ display: 'grid', gap: '1rem' }}
      >
        <fieldset css={{ border: 0, margin: 0, padding: 0 }}>
          <legend css={{ fontWeight: 'bold', padding: 0, marginBottom: '0.25rem' }}>Paid by</legend>
          <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1.25rem' }}>
            {METHODS.map(({ value, label }) => (
              <Radio
                key={value}
                name="method"
                size="sm"
                checked={method === value}
                onChange={() => {
                  setMethod(value)
                }}
              >
                {label}
              </Radio>
            ))}
          </div>
        </fieldset>
        {method === 'cash' ? (
          <Cash due={dueCents} received={received} onReceived={setReceived} change={change} />
        ) : (
          <>
            {method === 'cheque' ? (
              <TextInput
                label="Name on the cheque"
                hideOptionalLabel
                value={drawer}
                onChange={(event) => {
                  setDrawer(event.target.value)
                }}
              />
            ) : null}
            <TextInput
              label={method === 'eftpos' ? 'Terminal reference' : 'Cheque number'}
              hint={method === 'eftpos' ? 'From the terminal’s slip. Never type a card number.' : undefined}
              hideOptionalLabel
              value={reference}
              onChange={(event) => {
                setReference(event.target.value)
              }}
            />
          </>
        )}
        {wrong ? (
          <p role="alert" css={{ color: colour.systemError, fontWeight: 'bold' }}>
            {wrong}
          </p>
        ) : null}
        <Button type="submit" loading={take.isPending}>
          Finish and print receipt
        </Button>
      </form>
    </DecisionPanel>
  )
}

function Amount({ cents }: { cents: number }) {
  return (
    <span css={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: '1rem' }}>
      Amount due{' '}
      <span css={{ fontSize: '2.25rem', lineHeight: 1 }}>
        <Money cents={cents} />
      </span>
    </span>
  )
}

function problemOfParts(method: Method, change: number | null, reference: string, drawer: string): string {
  if (method === 'cash' && change === null) return 'Enter the cash received.'
  if (method === 'cash' && (change ?? 0) < 0) return `${formatMoney(-(change ?? 0))} is missing.`
  if (method === 'eftpos' && !reference.trim()) return 'Enter the terminal reference.'
  if (method === 'cheque' && (!reference.trim() || !drawer.trim()))
    return 'Enter the name on the cheque and its number.'
  return ''
}

interface CashProps {
  due: number
  received: string
  onReceived: (typed: string) => void
  change: number | null
}

function Cash({ due, received, onReceived, change }: CashProps) {
  const fifty = Math.ceil(due / 5000) * 5000
  const offers = [...new Set([due, fifty, fifty + 5000])]
  return (
    <div css={{ display: 'grid', gap: '0.75rem' }}>
      <div css={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: '0.75rem', alignItems: 'end' }}>
        <TextInput
          label="Cash received"
          hideOptionalLabel
          inputMode="decimal"
          block
          value={received}
          onChange={(event) => {
            onReceived(event.target.value)
          }}
        />
        <div role="status" css={{ background: colour.selectedMuted, padding: '0.5rem 0.75rem' }}>
          <span css={{ fontSize: '0.8125rem', fontWeight: 'bold' }}>Give change</span>
          <div css={{ fontSize: '1.5rem', fontWeight: 'bold' }}>
            {change !== null && change >= 0 ? <Money cents={change} /> : '–'}
          </div>
        </div>
      </div>
      <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
        {offers.map((cents) => (
          <Button
            key={cents}
            size="sm"
            variant="secondary"
            onClick={() => {
              onReceived(moneyInput(cents))
            }}
          >
            {cents === due ? `${formatMoney(cents)}, exact` : formatMoney(cents)}
          </Button>
        ))}
      </div>
    </div>
  )
}
