import { useState } from 'react'
import { CheckboxesField, CheckboxField, SaveForm, TextField, useSaveForm } from '@banksia/kit'
import { z } from 'zod'
import {
  readStraightThroughRulesOptions,
  updateStraightThroughRules,
  type RuledProduct,
  type RulesRead,
} from '../api'
import { AgeRows, FlagRows, PauseRows } from './straight-through-rows'

const days = z.string().regex(/^\d{1,4}$/, 'Enter a number of days, such as 30.')
const day = z.iso.date('Enter the day as 25/11/2026.')
const schema = z.object({
  products: z.array(z.string()),
  pauses: z.array(
    z.object({
      product: z.string(),
      reason: z.string().trim().min(1, 'Enter the reason. Officers read it.').max(200),
      from_on: day,
      until_on: z.union([z.literal(''), day]),
    }),
  ),
  age_days: days,
  ages: z.array(z.object({ attribute: z.string().min(1, 'Choose what is known.'), days })),
  look_at_hand_written: z.boolean(),
  flags: z.array(
    z.object({
      attribute: z.string().min(1, 'Choose what is known.'),
      value: z.string().trim().min(1, 'Enter the answer.').max(200),
    }),
  ),
  sample_percent: z.string().regex(/^(\d{1,2}|100)$/, 'Enter a number from 0 to 100.'),
  most_an_hour: z.string().regex(/^[1-9]\d{0,3}$/, 'Enter a number from 1 to 9999.'),
})

/** Everything that sends a certificate to an officer; its version keeps two administrators from overwriting each other. */
export function StraightThroughForm({ read }: { read: RulesRead }) {
  const { rules, products, attributes } = read
  // That which was read with what is typed over: one that somebody else makes meanwhile refuses the next saving.
  const [version, setVersion] = useState(read.version)
  const form = useSaveForm({
    schema,
    defaultValues: {
      products: [...rules.products],
      pauses: rules.pauses.map(({ product, reason, from_on, until_on }) => ({
        product: product ?? '',
        reason,
        from_on,
        until_on: until_on ?? '',
      })),
      age_days: String(rules.age_days),
      ages: rules.ages.map((age) => ({ attribute: age.attribute, days: String(age.days) })),
      look_at_hand_written: rules.look_at_hand_written,
      flags: rules.flags.map(({ attribute, value }) => ({ attribute, value })),
      sample_percent: String(rules.sample_percent),
      most_an_hour: String(rules.most_an_hour),
    },
    save: async (typed) => {
      const { data } = await updateStraightThroughRules({
        body: {
          ...typed,
          version,
          pauses: typed.pauses.map((pause) => ({
            ...pause,
            product: pause.product || null,
            until_on: pause.until_on || null,
          })),
          age_days: Number(typed.age_days),
          ages: typed.ages.map((age) => ({ attribute: age.attribute, days: Number(age.days) })),
          sample_percent: Number(typed.sample_percent),
          most_an_hour: Number(typed.most_an_hour),
        },
        throwOnError: true,
      })
      setVersion(data.version)
    },
    refreshes: readStraightThroughRulesOptions().queryKey,
  })
  return (
    <SaveForm form={form} label="Rules" button="Save rules">
      <CheckboxesField
        name="products"
        label="Certificates that may go out by themselves"
        choices={products.map((product) => ({
          value: product.code,
          label: labelOf(product),
          disabled: product.needs_check && !rules.products.includes(product.code),
        }))}
      />
      <PauseRows products={products} />
      <TextField
        name="age_days"
        label="How many days old an answer may be"
        hint="Counted from the day its source says, else from its import. The answers below can have a limit of their own."
        inputMode="numeric"
        width="xs"
      />
      <AgeRows attributes={attributes} />
      <CheckboxField
        name="look_at_hand_written"
        label="An officer looks when an answer was recorded by hand"
        hint="What a person wrote on the property’s page, and no import brought."
      />
      <FlagRows attributes={attributes} />
      <TextField
        name="sample_percent"
        label="Of every 100, so many go to an officer for a look"
        hint="Drawn by chance of those that nothing speaks against. 0 looks at none."
        inputMode="numeric"
        width="xs"
      />
      <TextField
        name="most_an_hour"
        label="At most so many in an hour"
        hint="The others go to an officer. It limits the harm of a wrong import."
        inputMode="numeric"
        width="xs"
      />
    </SaveForm>
  )
}

/** A product, and why it will rarely or never go out by itself. */
function labelOf({ title, needs_check, unanswered }: RuledProduct): string {
  if (needs_check) return `${title} (a second officer checks each)`
  if (unanswered.length === 0) return title
  const [first] = unanswered
  const others = unanswered.length - 1
  const more = others > 0 ? ` and ${String(others)} more` : ''
  return `${title} (nothing on record answers “${first ?? ''}”${more}, so each goes to an officer)`
}
