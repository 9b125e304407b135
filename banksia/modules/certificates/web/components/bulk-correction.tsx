import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import {
  formatAddress,
  formatParcel,
  formatParcelShort,
  PropertySearch,
  slimButtons,
  type PropertyMatch,
} from '@banksia/kit'
import type { BulkRow, BulkRowRead, CatalogueRead } from '../api'
import { asRow, withLot, withParcel } from './bulk-rows'

interface BulkCorrectionProps {
  read: BulkRowRead
  catalogue: CatalogueRead
  busy: boolean
  onCorrect: (row: BulkRow) => void
}

const LAND_IS_WRONG: readonly BulkRowRead['verdict'][] = [
  'not_found',
  'several',
  'historic',
  'proposed',
  'unreadable',
]
const PRODUCT_IS_WRONG: readonly BulkRowRead['verdict'][] = [
  'product_unknown',
  'product_closed',
  'contained',
  'twice',
]

/** What a row that is not ready can become; each choice has the row looked at again. */
export function BulkCorrection({ read, catalogue, busy, onCorrect }: BulkCorrectionProps) {
  const needsLand = !read.found_parcel || LAND_IS_WRONG.includes(read.verdict)
  const needsProduct = !read.product_code || PRODUCT_IS_WRONG.includes(read.verdict)
  const needsSpeed = read.verdict === 'not_urgent' || (read.verdict === 'unreadable' && !needsProduct)
  return (
    <div
      css={{ display: 'grid', gap: '0.5rem', maxWidth: '30rem', ...slimButtons }}
      inert={busy ? true : undefined}
    >
      {read.choices.length > 0 ? <ChooseLot read={read} onCorrect={onCorrect} /> : null}
      {read.successors.length > 0 ? (
        <div css={{ display: 'flex', flexWrap: 'wrap', gap: '0.5rem' }}>
          {read.successors.map((parcel) => (
            <Button
              key={parcel}
              size="sm"
              variant="secondary"
              onClick={() => {
                onCorrect(withParcel(read, parcel))
              }}
            >
              {`Take ${formatParcelShort(parcel)}`}
            </Button>
          ))}
        </div>
      ) : null}
      {needsLand && read.choices.length === 0 ? <FindLot read={read} onCorrect={onCorrect} /> : null}
      {needsProduct ? (
        <Select
          block
          hideOptionalLabel
          label={`Certificate of row ${String(read.row)}`}
          value={read.product_code ?? ''}
          placeholder="Choose a certificate"
          options={catalogue.products
            .filter(({ kind, closed }) => kind === 'sale' && !closed)
            .map(({ code, title }) => ({ value: code, label: title }))}
          onChange={(event) => {
            onCorrect({ ...asRow(read), product: event.target.value })
          }}
        />
      ) : null}
      {needsSpeed ? (
        <p>
          <Button
            size="sm"
            variant="secondary"
            onClick={() => {
              onCorrect({ ...asRow(read), urgent: 'no' })
            }}
          >
            Take the standard time
          </Button>
        </p>
      ) : null}
    </div>
  )
}

function ChooseLot({ read, onCorrect }: Pick<BulkCorrectionProps, 'read' | 'onCorrect'>) {
  return (
    <Select
      block
      hideOptionalLabel
      label={`Lot of row ${String(read.row)}`}
      value=""
      placeholder="Choose a lot"
      options={read.choices.map(({ address, parcel_title }, index) => ({
        value: String(index),
        label: address ? `${parcel_title}, ${formatAddress(address)}` : parcel_title,
      }))}
      onChange={(event) => {
        const choice = read.choices[Number(event.target.value)]
        if (choice) onCorrect(withLot(read, choice.property_id, choice.parcel))
      }}
    />
  )
}

function FindLot({ read, onCorrect }: Pick<BulkCorrectionProps, 'read' | 'onCorrect'>) {
  const [match, setMatch] = useState<PropertyMatch>()
  return (
    <>
      <PropertySearch
        label={`Property of row ${String(read.row)}`}
        onChoose={(chosen) => {
          const [only, second] = chosen.parcels
          if (only && !second) onCorrect(withLot(read, chosen.id, only))
          else setMatch(chosen)
        }}
      />
      {match ? (
        <Select
          block
          hideOptionalLabel
          label={`Lot of row ${String(read.row)}`}
          value=""
          placeholder={match.parcels.length > 0 ? 'Choose a lot' : 'This property has no lot'}
          options={match.parcels.map((parcel) => ({ value: parcel, label: formatParcel(parcel) }))}
          onChange={(event) => {
            onCorrect(withLot(read, match.id, event.target.value))
          }}
        />
      ) : null}
    </>
  )
}
