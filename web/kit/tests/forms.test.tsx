import '@ag.ds-next/react/date-picker-next' // at once, so that no test waits for it
import { useEffect, useReducer } from 'react'
import { useMutation } from '@tanstack/react-query'
import { act, screen } from '@testing-library/react'
import { describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { ProblemError } from '../api/problem'
import { fieldFor } from '../forms/apply-problem'
import { ActionButton } from '../forms/action-button'
import { DateField } from '../forms/date-field'
import { CheckboxField, RadioField, TextField } from '../forms/fields'
import { Form } from '../forms/form'
import { MoneyField } from '../forms/money-field'
import { SubmitButton } from '../forms/submit-button'
import { useKitForm } from '../forms/use-kit-form'
import { renderKit } from '../testing'

const schema = z.object({
  contact: z.object({ name: z.string().min(1, 'Enter your name.'), email: z.email() }),
  urgent: z.enum(['no', 'yes']),
  fee_cents: z.int().min(0),
  terms: z.boolean(),
})

function Example({ onSubmit }: { onSubmit: (values: z.infer<typeof schema>) => Promise<unknown> }) {
  const form = useKitForm({
    schema,
    defaultValues: { contact: { name: '', email: '' }, urgent: 'no', fee_cents: 6900, terms: false },
    onSubmit,
  })
  return (
    <Form form={form}>
      <TextField name="contact.name" label="Your name" />
      <TextField name="contact.email" label="Email" type="email" />
      <RadioField
        name="urgent"
        label="When"
        choices={[
          { value: 'no', label: 'Standard' },
          { value: 'yes', label: 'Urgent' },
        ]}
      />
      <MoneyField name="fee_cents" label="Fee" />
      <CheckboxField name="terms" label="I have checked the lot" />
      <SubmitButton>Send</SubmitButton>
    </Form>
  )
}

async function fillIn(user: ReturnType<typeof renderKit>['user']) {
  await user.type(screen.getByLabelText('Your name'), 'Mei Tran')
  await user.type(screen.getByLabelText('Email'), 'mei@example.com')
}

test('pressing a button again while the answer is under way does nothing', async () => {
  const send = vi.fn(() => new Promise(() => undefined))
  function Resend() {
    const mutation = useMutation({ mutationFn: send })
    return (
      <ActionButton loading={mutation.isPending} onClick={() => mutation.mutate()}>
        Send again
      </ActionButton>
    )
  }
  const { user } = renderKit(<Resend />)
  await user.click(screen.getByRole('button', { name: 'Send again' }))
  const busy = await screen.findByRole('button', { name: /Busy/ })
  await user.dblClick(busy)
  expect(busy).toHaveAttribute('aria-disabled', 'true')
  expect(send).toHaveBeenCalledTimes(1)
})

describe('a form', () => {
  test('sends what was typed, in the types of the schema', async () => {
    const onSubmit = vi.fn().mockResolvedValue(undefined)
    const { user } = renderKit(<Example onSubmit={onSubmit} />)
    await fillIn(user)
    await user.click(screen.getByText('Urgent'))
    await user.clear(screen.getByLabelText('Fee'))
    await user.type(screen.getByLabelText('Fee'), '86.5')
    await user.click(screen.getByText('I have checked the lot'))
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(onSubmit).toHaveBeenCalledWith({
      contact: { name: 'Mei Tran', email: 'mei@example.com' },
      urgent: 'yes',
      fee_cents: 8650,
      terms: true,
    })
  })

  test('gives the focus to a summary that names each field and leads to it', async () => {
    const onSubmit = vi.fn()
    const { user } = renderKit(<Example onSubmit={onSubmit} />)
    await user.click(screen.getByRole('button', { name: 'Send' }))
    const summary = await screen.findByRole('alert')
    expect(summary).toHaveFocus()
    expect(summary).toHaveTextContent('Check 2 answers')
    expect(screen.getByLabelText('Your name')).toHaveAccessibleDescription(
      expect.stringContaining('Enter your name.'),
    )
    await user.click(screen.getByRole('link', { name: /^Email: Enter an email address/ }))
    expect(screen.getByLabelText('Email')).toHaveFocus()
    expect(onSubmit).not.toHaveBeenCalled()
  })

  test('puts what the server refused on its field, keeps what was typed, and the rest above', async () => {
    const refusal = new ProblemError(
      {
        title: 'Check the highlighted fields',
        errors: [
          { field: 'contact.email', message: 'This address bounced.' },
          { field: 'lines.0.parcel', message: 'Lot 2 no longer exists.' },
        ],
      },
      422,
    )
    const { user } = renderKit(<Example onSubmit={() => Promise.reject(refusal)} />)
    await fillIn(user)
    await user.click(screen.getByRole('button', { name: 'Send' }))
    const summary = await screen.findByRole('alert')
    expect(summary).toHaveTextContent('Lot 2 no longer exists.')
    expect(summary).toHaveTextContent('Email: This address bounced.')
    expect(screen.getByLabelText('Email')).toHaveValue('mei@example.com')
    expect(screen.getByLabelText('Email')).toBeInvalid()
  })

  test('says a problem without fields in its own words, and can be sent again', async () => {
    const onSubmit = vi
      .fn()
      .mockRejectedValueOnce(new ProblemError({ title: 'Closed', detail: 'Open on 3 August.' }, 409))
      .mockResolvedValueOnce(undefined)
    const { user } = renderKit(<Example onSubmit={onSubmit} />)
    await fillIn(user)
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Closed')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(onSubmit).toHaveBeenCalledTimes(2)
    expect(screen.queryByRole('alert')).not.toBeInTheDocument()
  })

  test('an amount that is none is refused in words', async () => {
    const { user } = renderKit(<Example onSubmit={vi.fn()} />)
    await fillIn(user)
    await user.clear(screen.getByLabelText('Fee'))
    await user.type(screen.getByLabelText('Fee'), 'lots')
    await user.click(screen.getByRole('button', { name: 'Send' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('Fee: Enter')
    expect(screen.getByLabelText('Fee')).toHaveValue('lots')
  })
})

describe('DateField', () => {
  function Dated({ onSubmit }: { onSubmit: (values: { from: string }) => Promise<unknown> }) {
    const form = useKitForm({
      schema: z.object({ from: z.iso.date() }),
      defaultValues: { from: '2026-07-01' },
      onSubmit,
    })
    return (
      <Form form={form}>
        <DateField name="from" label="From" />
        <SubmitButton>Save fee</SubmitButton>
      </Form>
    )
  }

  let drawAnew = () => {}
  function DrawnAnew(props: Parameters<typeof Dated>[0]) {
    const [, draw] = useReducer((times: number) => times + 1, 0)
    useEffect(() => {
      drawAnew = draw
    }, [])
    return <Dated {...props} />
  }

  test('takes a day as people write it and sends it as the server reads it', async () => {
    const onSubmit = vi.fn().mockResolvedValue(undefined)
    const { user } = renderKit(<Dated onSubmit={onSubmit} />)
    const field = await screen.findByDisplayValue('01/07/2026')
    await user.clear(field)
    await user.type(field, '5/11/2027')
    await user.tab()
    await user.click(screen.getByRole('button', { name: 'Save fee' }))
    expect(onSubmit).toHaveBeenCalledWith({ from: '2027-11-05' })
  })

  test('keeps what is half typed when the page is drawn anew, as when an answer arrives', async () => {
    const onSubmit = vi.fn().mockResolvedValue(undefined)
    const { user } = renderKit(<DrawnAnew onSubmit={onSubmit} />)
    const field = await screen.findByDisplayValue('01/07/2026')
    await user.clear(field)
    await user.type(field, '5/11')
    act(drawAnew)
    await user.type(field, '/2027')
    await user.tab()
    await user.click(screen.getByRole('button', { name: 'Save fee' }))
    expect(onSubmit).toHaveBeenCalledWith({ from: '2027-11-05' })
  })

  test('refuses what is no day', async () => {
    const onSubmit = vi.fn()
    const { user } = renderKit(<Dated onSubmit={onSubmit} />)
    const field = await screen.findByDisplayValue('01/07/2026')
    await user.clear(field)
    await user.type(field, 'soon')
    await user.tab()
    await user.click(screen.getByRole('button', { name: 'Save fee' }))
    expect(await screen.findByRole('alert')).toHaveTextContent('From: Enter a date, such as 25/11/2026.')
    expect(onSubmit).not.toHaveBeenCalled()
  })
})

describe('fieldFor', () => {
  const fields = new Map([
    ['contact.email', 'Email'],
    ['lines.0', 'Certificate'],
  ])
  test.each([
    ['contact.email', 'contact.email'],
    ['body.contact.email', 'contact.email'],
    ['lines.0.parcel', 'lines.0'],
    ['lines[0].parcel', 'lines.0'],
    ['lines.1.parcel', undefined],
    ['reference', undefined],
  ])('%s is the field %s', (path, name) => expect(fieldFor(path, fields)).toBe(name))
})
