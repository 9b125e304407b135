import { Radio } from '@ag.ds-next/react/radio'
import type { ParcelDetail } from '@banksia/kit'

interface ParcelChoiceProps {
  parcels: readonly ParcelDetail[]
  chosen: string | undefined
  onChoose: (text: string) => void
}

/** A property of several lots: a certificate covers one of them. */
export function ParcelChoice({ parcels, chosen, onChoose }: ParcelChoiceProps) {
  return (
    <fieldset css={{ border: 0, margin: 0, padding: 0, display: 'grid', gap: '0.75rem' }}>
      <legend css={{ fontSize: '1.25rem', fontWeight: 'bold', padding: 0 }}>Which lot?</legend>
      <p>
        This property has {parcels.length} lots. One certificate covers one lot; you can order for several.
      </p>
      {parcels.map((parcel) => (
        <Radio
          key={parcel.id}
          name="parcel"
          checked={parcel.text === chosen}
          onChange={() => {
            onChoose(parcel.text)
          }}
        >
          {parcel.title}
        </Radio>
      ))}
    </fieldset>
  )
}
