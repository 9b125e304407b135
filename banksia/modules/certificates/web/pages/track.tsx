import { useState } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { CustomerPage, Form, Notice, signInHref, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { z } from 'zod'
import { sendOrderLink } from '../api'
import { ordersPage } from '../routes'

const schema = z.object({
  number: z.string().trim().min(1, 'Enter the order number, such as BH-2026-00001.').max(200),
  email: z.email('Enter the email address that you ordered with.'),
})

/** A guest asks for a link to an order; the answer is the same whether there is one. */
export default function TrackPage() {
  const [sent, setSent] = useState<string>()
  const form = useKitForm({
    schema,
    defaultValues: { number: '', email: '' },
    onSubmit: async (body) => {
      const { data } = await sendOrderLink({ body, throwOnError: true })
      setSent(data.detail)
    },
  })
  return (
    <CustomerPage
      title="Track an order"
      lead={
        <>
          The email about your order has a link to it. Enter its number to get a new one, or{' '}
          <TextLink href={signInHref(ordersPage.href())}>sign in</TextLink> to see the orders of your account.
        </>
      }
    >
      {sent ? <Notice tone="success" role="status" title={sent} /> : null}
      <Form form={form} label="Track an order">
        <TextField name="number" label="Order number" width="md" />
        <TextField name="email" label="Email" type="email" autoComplete="email" />
        <SubmitButton>Send the link</SubmitButton>
      </Form>
    </CustomerPage>
  )
}
