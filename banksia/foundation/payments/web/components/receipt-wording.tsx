import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { ModuleSettingsPanel, Panel, PdfPreview, useModuleSettings } from '@banksia/kit'

const WORDING = ['receipt_prefix', 'receipt_note'] as const
const PAPERS = [
  ['a4', 'Show A4'],
  ['roll', 'Show 80 mm'],
] as const
type Paper = (typeof PAPERS)[number][0]

/** What stands on receipts, and a sample of one on either paper. Receipts that are issued keep their words. */
export function ReceiptWording() {
  const settings = useModuleSettings('payments')
  const [paper, setPaper] = useState<Paper>()
  const values = settings.data?.values
  return (
    <>
      <ModuleSettingsPanel
        name="payments"
        title="Receipts"
        hint="Holds for receipts from now on. Those that are issued keep their words."
        only={WORDING}
      />
      {paper && values ? (
        <PdfPreview
          url={sampleOf(values, paper)}
          name="Sample receipt"
          title={paper === 'a4' ? 'Sample on A4' : 'Sample on 80 mm'}
          action={<Papers shown={paper} onChoose={setPaper} />}
        />
      ) : (
        <Panel title="Sample of a receipt" hint="As it is saved; it takes no number.">
          <Papers onChoose={setPaper} />
        </Panel>
      )}
    </>
  )
}

/** The papers to see it on; beside a sample only the other one. */
function Papers({ shown, onChoose }: { shown?: Paper; onChoose: (paper: Paper) => void }) {
  const others = PAPERS.filter(([paper]) => paper !== shown)
  return (
    <span css={{ display: 'inline-flex', gap: '0.5rem' }}>
      {others.map(([paper, words]) => (
        <Button key={paper} size="sm" variant="secondary" onClick={() => onChoose(paper)}>
          {words}
        </Button>
      ))}
    </span>
  )
}

function sampleOf(values: Record<string, unknown>, paper: Paper): string {
  const query = new URLSearchParams({
    receipt_prefix: words(values.receipt_prefix),
    receipt_note: words(values.receipt_note),
    paper,
  })
  return `/api/payments/receipt-preview?${query.toString()}`
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
