import { useState } from 'react'
import { Button } from '@ag.ds-next/react/button'
import {
  Form,
  Panel,
  propertyDetail,
  PropertySearch,
  propertyTitle,
  SubmitButton,
  TextField,
  type PropertyMatch,
} from '@banksia/kit'
import { useHoldForm } from '../hold-form'

/** Hold the whole file of a property. */
export function PlaceHold() {
  const [match, setMatch] = useState<PropertyMatch>()
  const close = () => {
    setMatch(undefined)
  }
  return (
    <Panel
      title="Place a hold on a property’s file"
      hint="The whole file: its folders, applications and documents, also those that are added later."
    >
      {match ? (
        <Reason key={match.id} match={match} onDone={close} />
      ) : (
        <div css={{ maxWidth: '42rem' }}>
          <PropertySearch
            label="Find the property"
            hint="Address, lot and plan, or assessment number"
            onChoose={setMatch}
          />
        </div>
      )}
    </Panel>
  )
}

function Reason({ match, onDone }: { match: PropertyMatch; onDone: () => void }) {
  const form = useHoldForm({ property_id: match.id }, onDone)
  return (
    <div css={{ display: 'grid', gap: '1rem', maxWidth: '42rem' }}>
      <div css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 1rem' }}>
        <p>
          <strong>{propertyTitle(match)}</strong>
          <br />
          {propertyDetail(match)}
        </p>
        <Button size="sm" variant="tertiary" onClick={onDone}>
          Choose another
        </Button>
      </div>
      <Form form={form} label="Place a hold" gap="1rem">
        <TextField name="reason" label="Reason" hint="It stands in the log and on the file." width="full" />
        <SubmitButton size="sm">Place hold</SubmitButton>
      </Form>
    </div>
  )
}
