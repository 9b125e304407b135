import { useState } from 'react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Radio } from '@ag.ds-next/react/radio'
import { TextInput } from '@ag.ds-next/react/text-input'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton } from '../forms/action-button'
import { DecisionPanel } from '../display/panel'
import { Money } from '../display/sums'
import { ErrorPanel } from '../feedback/error-panel'
import { moneyInput, parseMoney } from '../format/money'
import { colour } from '../theme/tokens'
import { CounterCash } from './counter-cash'
import { CounterFields } from './counter-fields'
import {
  type CounterMethod,
  type CounterPart,
  methodWords,
  partOf,
  problemOfPart,
  waysToPayQuery,
} from './counter-parts'
import { TakenParts } from './counter-taken'
import { TillLine } from './till-line'

interface CounterPaymentProps<Paid> {
  dueCents: number
  /** Record all parts at once; nothing is recorded before. */
  take: (parts: CounterPart[]) => Promise<Paid>
  onPaid: (paid: Paid) => void
  /** Where a clerk asks that it be waived. */
  waiverHref?: string
}

const ALL = Object.keys(methodWords) as CounterMethod[]
const NOTHING = { reference: '', drawer: '', account: '' }

/** The amount due, how it is paid, perhaps in several parts, and the change. No field could hold a card number. */
export function CounterPayment<Paid>({ dueCents, take, onPaid, waiverHref }: CounterPaymentProps<Paid>) {
  const ways = useQuery(waysToPayQuery)
  const [chosen, setMethod] = useState<CounterMethod>('cash')
  const [parts, setParts] = useState<readonly CounterPart[]>([])
  const [part, setPart] = useState<string>()
  const [received, setReceived] = useState('')
  const [values, setValues] = useState(NOTHING)
  const [wrong, setWrong] = useState('')
  const queryClient = useQueryClient()
  const sending = useMutation({
    mutationFn: take,
    onSuccess: async (paid) => {
      await queryClient.invalidateQueries()
      onPaid(paid)
    },
  })
  const left = dueCents - parts.reduce((sum, { amount_cents }) => sum + amount_cents, 0)
  const amount = part === undefined ? left : parseMoney(part)
  const methods = ALL.filter((each) => !ways.data || ways.data.some(({ method }) => method === each))
  const method = methods.includes(chosen) ? chosen : (methods[0] ?? 'cash')
  const basisPoints = ways.data?.find((way) => way.method === method)?.surcharge_basis_points ?? 0
  const cash = parseMoney(received)
  const last = amount === null || amount >= left
  const finish = () => {
    const typed = { method, amount, received: cash, ...values }
    const problem = problemOfPart(typed, left)
    setWrong(problem)
    if (problem || sending.isPending) return
    const next = [...parts, partOf(typed, basisPoints)]
    if (last) {
      sending.mutate(next)
      return
    }
    setParts(next)
    setPart(undefined)
    setReceived('')
    setValues(NOTHING)
  }
  return (
    <DecisionPanel title={<Amount label={parts.length > 0 ? 'Still to pay' : 'Amount due'} cents={left} />}>
      <div css={{ display: 'grid', gap: '1rem', marginTop: '0.75rem' }}>
        <TillLine />
        {sending.error ? <ErrorPanel title="The payment was not recorded" error={sending.error} /> : null}
        <TakenParts
          parts={parts}
          onRemove={(index) => {
            setParts(parts.filter((_, place) => place !== index))
          }}
        />
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault()
            finish()
          }}
          css={{ display: 'grid', gap: '1rem' }}
        >
          <fieldset css={{ border: 0, margin: 0, padding: 0 }}>
            <legend css={{ fontWeight: 'bold', padding: 0, marginBottom: '0.25rem' }}>Paid by</legend>
            <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.25rem 1.25rem' }}>
              {methods.map((value) => (
                <Radio
                  key={value}
                  name="method"
                  size="sm"
                  checked={method === value}
                  onChange={() => {
                    setMethod(value)
                  }}
                >
                  {methodWords[value]}
                </Radio>
              ))}
            </div>
          </fieldset>
          {part === undefined ? null : (
            <TextInput
              label="Paid this way"
              hint="The rest is paid another way."
              hideOptionalLabel
              inputMode="decimal"
              value={part}
              onChange={(event) => {
                setPart(event.target.value)
              }}
            />
          )}
          {method === 'cash' ? (
            <CounterCash
              due={amount ?? 0}
              received={received}
              onReceived={setReceived}
              change={cash === null || amount === null ? null : cash - amount}
            />
          ) : (
            <CounterFields
              method={method}
              amountCents={amount ?? 0}
              basisPoints={basisPoints}
              values={values}
              onChange={(changes) => {
                setValues({ ...values, ...changes })
              }}
            />
          )}
          {wrong ? (
            <p role="alert" css={{ color: colour.systemError, fontWeight: 'bold' }}>
              {wrong}
            </p>
          ) : null}
          <ActionButton type="submit" loading={sending.isPending}>
            {last ? 'Finish and print receipt' : 'Add this part'}
          </ActionButton>
          {part === undefined && left > 0 ? (
            <div>
              <Button
                size="sm"
                variant="tertiary"
                onClick={() => {
                  setPart(moneyInput(left))
                }}
              >
                Split over several ways
              </Button>
            </div>
          ) : null}
          {waiverHref && parts.length === 0 ? (
            <p>
              <TextLink href={waiverHref}>Ask to waive this</TextLink>
            </p>
          ) : null}
        </form>
      </div>
    </DecisionPanel>
  )
}

function Amount({ label, cents }: { label: string; cents: number }) {
  return (
    <span css={{ display: 'flex', justifyContent: 'space-between', alignItems: 'baseline', gap: '1rem' }}>
      {label}{' '}
      <span css={{ fontSize: '2.25rem', lineHeight: 1 }}>
        <Money cents={cents} />
      </span>
    </span>
  )
}
