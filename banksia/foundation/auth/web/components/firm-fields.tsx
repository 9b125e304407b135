import { TextField } from '@banksia/kit'

/** The fields of a firm's details. */
export function FirmFields() {
  return (
    <>
      <TextField name="name" label="Firm’s name" autoComplete="organization" />
      <TextField name="abn" label="ABN" optional inputMode="numeric" hint="11 digits." width="md" />
      <TextField
        name="billing_email"
        label="Billing email"
        type="email"
        optional
        hint="Whom council can ask about the firm’s money."
      />
    </>
  )
}
