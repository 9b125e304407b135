import { DateField, RowsField, SelectField, TextField } from '@banksia/kit'
import type { RuledAttribute, RuledProduct } from '../api'

const ofAttributes = (attributes: readonly RuledAttribute[]) =>
  attributes.map(({ code, title }) => ({ value: code, label: title }))

/** Days on which officers look at everything, or at everything of one product. */
export function PauseRows({ products }: { products: readonly RuledProduct[] }) {
  return (
    <RowsField
      name="pauses"
      label="Pauses"
      hint="While one lasts, what it is for goes to an officer. Without a last day it lasts until you remove it."
      of="pause"
      blank={{ product: '', reason: '', from_on: '', until_on: '' }}
      least={0}
    >
      {(path) => (
        <>
          <TextField name={`${path}.reason`} label="Reason, such as: new LEP gazetted today" width="lg" />
          <SelectField
            name={`${path}.product`}
            label="For"
            options={[
              { value: '', label: 'All certificates' },
              ...products.map(({ code, title }) => ({ value: code, label: title })),
            ]}
            width="lg"
          />
          <DateField name={`${path}.from_on`} label="From" />
          <DateField name={`${path}.until_on`} label="To the end of" optional />
        </>
      )}
    </RowsField>
  )
}

/** How old some answers may be, apart from the others. */
export function AgeRows({ attributes }: { attributes: readonly RuledAttribute[] }) {
  return (
    <RowsField
      name="ages"
      label="Answers with a limit of their own"
      of="limit"
      blank={{ attribute: '', days: '' }}
      least={0}
    >
      {(path) => (
        <>
          <SelectField
            name={`${path}.attribute`}
            label="What is known"
            placeholder="Choose"
            options={ofAttributes(attributes)}
            width="lg"
          />
          <TextField name={`${path}.days`} label="Days" inputMode="numeric" width="xs" />
        </>
      )}
    </RowsField>
  )
}

/** What of the land makes an officer look, whatever the certificate asks. */
export function FlagRows({ attributes }: { attributes: readonly RuledAttribute[] }) {
  return (
    <RowsField
      name="flags"
      label="Land that an officer looks at"
      hint="Whatever the certificate asks: such as flood related controls, yes. Unknown is an answer too."
      of="flag"
      blank={{ attribute: '', value: '' }}
      least={0}
    >
      {(path) => (
        <>
          <SelectField
            name={`${path}.attribute`}
            label="What is known"
            placeholder="Choose"
            options={ofAttributes(attributes)}
            width="lg"
          />
          <TextField name={`${path}.value`} label="Is" width="sm" />
        </>
      )}
    </RowsField>
  )
}
