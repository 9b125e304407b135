import { type Firm, RadioField } from '@banksia/kit'

/** An order that is for no firm. */
export const SELF = 'self'

/** What was chosen, while it can still be; else the firm that was ordered for last. */
export function firmOf(firms: readonly Firm[], chosen: string | undefined): string {
  if (chosen === SELF || firms.some(({ id }) => id === chosen)) return chosen ?? SELF
  return firms[0]?.id ?? SELF
}

/** The firm of an order, or none when it is for the person. */
export function chosenFirm(firms: readonly Firm[] | undefined, chosen: string | undefined): Firm | undefined {
  return firms?.find(({ id }) => id === chosen)
}

/** Whoever belongs to a firm says whom the order is for. */
export function WhomFor({ firms }: { firms: readonly Firm[] }) {
  if (firms.length === 0) return null
  return (
    <RadioField
      name="firm"
      label="Whom is the order for?"
      choices={[
        ...firms.map(({ id, name }) => ({
          value: id,
          label: name,
          detail: 'Everybody in the firm sees the order and its certificates.',
        })),
        { value: SELF, label: 'Myself', detail: 'Only you see it.' },
      ]}
    />
  )
}
