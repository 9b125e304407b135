import { useState } from 'react'
import { ActionButton, ErrorPanel, formatMoney, Notice } from '@banksia/kit'

interface PayAgainProps {
  title: string
  words: string
  owedCents: number
  surchargeCents: number
  paysOnline: boolean
  /** What a clerk at the counter is told. */
  number: string
  /** Leaves for the provider's page. */
  onPay: () => Promise<void>
}

/** What is not paid, why, and the way to pay it. */
export function PayAgain({
  title,
  words,
  owedCents,
  surchargeCents,
  paysOnline,
  number,
  onPay,
}: PayAgainProps) {
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>()
  const pay = async () => {
    setBusy(true)
    setFailure(undefined)
    try {
      await onPay()
    } catch (error) {
      setFailure(error)
      setBusy(false)
    }
  }
  return (
    <>
      {failure ? <ErrorPanel title="The payment page could not be opened" error={failure} /> : null}
      <Notice tone="warning" title={title}>
        <p css={{ marginBottom: '0.75rem' }}>
          {words}
          {surchargeCents > 0
            ? ` By card it is ${formatMoney(owedCents)} and a surcharge of ${formatMoney(surchargeCents)}.`
            : ''}
        </p>
        {paysOnline ? (
          <ActionButton loading={busy} onClick={() => void pay()}>
            {`Pay ${formatMoney(owedCents + surchargeCents)}`}
          </ActionButton>
        ) : (
          <p>{`Pay ${formatMoney(owedCents)} at the council’s counter and give the number ${number}.`}</p>
        )}
      </Notice>
    </>
  )
}
