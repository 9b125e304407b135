import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { DraftRead, FieldRead } from '../api'
import { draftPage } from '../staff-routes'

// What draws a PDF has tests of its own, and needs a canvas.
vi.mock('@banksia/kit', async (original) => ({ ...(await original<object>()), PdfPreview: () => null }))

const AT = '*/api/certificates/lines/x'
const officer = staff('certificates.orders.read', 'certificates.lines.prepare', 'certificates.orders.issue')
const field = (key: string, label: string, change: Partial<FieldRead> = {}): FieldRead => ({
  ...{ key, label, question: `${label}?`, kind: 'text', is_unknown: false, statement: 'Residential' },
  ...{ answer: { text: 'Residential', choice: null, amounts: null, entries: null }, origin: 'truth' },
  ...{ source: 'Rates system', as_at_on: '2026-11-01', is_changed: false, changed_from: null },
  ...{ changed_by_name: null, changed_at: null },
  ...change,
})
const unknown = { is_unknown: true, answer: null, statement: null } as const
const category = field('category', 'Category')
const zone = field('zone', 'Zone')
const notices = field('notices', 'Notices and orders', { kind: 'entries', ...unknown })
const charges = field('charges', 'Charges', { kind: 'amounts', ...unknown })
const sewer = field('sewer', 'Sewer', { kind: 'choice', ...unknown })

const draftOf = (fields: FieldRead[], change: Partial<DraftRead> = {}) => {
  const open_count = fields.filter(({ is_unknown }) => is_unknown).length
  return {
    line: {
      ...{ id: 'x', state: 'drafted', assigned_to_id: officer.id, assigned_to_name: officer.name },
      ...{ order_id: 'o', order_number: 'BH-1', due_on: '2026-12-04', working_days_left: 3, urgent: false },
    },
    ...{ title: '603 certificate', property: { id: 'p', address: '7 GREEN ST', parcel: '1/1/DP1' } },
    ...{ contact: { name: 'Margaret Olsen' }, known: {}, changes: [], certificates: [], history: [] },
    ...{ version: 4, template_number: 0, newer_template: null, replaces: null, reason: null },
    ...{ saved_at: null, saved_by_name: null, attached: null, straight_through: null },
    ...{ needs_check: false, prepared_by_ids: [], checked_by_name: null, can_issue: open_count === 0 },
    ...{ open_count, sections: [{ number: '1', title: 'Land', part: null, open_count, fields }] },
    when_you_issue: { number_preview: '603/1', dated_on: '2026-11-29', customer: 'M', emails_customer: true },
    ...change,
  } as unknown as DraftRead
}

interface Sent {
  version: number
  answers: Record<string, FieldRead['answer']>
}
const sent: Sent[] = []
const steps: string[] = []
/** What the server keeps. */
let kept: DraftRead

const store = ({ version, answers }: Sent) => {
  const fields = kept.sections[0]!.fields.map((each) =>
    answers[each.key] ? { ...each, is_unknown: false, answer: answers[each.key]! } : each,
  )
  kept = draftOf(fields, { ...kept, version: version + 1, sections: [{ ...kept.sections[0]!, fields }] })
  return HttpResponse.json(kept)
}

/** The page of a certificate with these questions; `refuse` may answer a save in the server's place. */
const open = async (
  fields: FieldRead[],
  { refuse, ...change }: Partial<DraftRead> & { refuse?: (body: Sent) => Response | undefined } = {},
) => {
  kept = draftOf(fields, change)
  server.use(
    http.get(AT, () => HttpResponse.json(kept)),
    http.put(`${AT}/draft`, async ({ request }) => {
      const body = (await request.json()) as Sent
      sent.push(body)
      return refuse?.(body) ?? store(body)
    }),
    http.post(`${AT}/:step`, ({ params }) => {
      steps.push(String(params.step))
      return HttpResponse.json(kept)
    }),
  )
  const page = await renderPage(draftPage, draftPage.href({ params: { lineId: 'x' } }), { user: officer })
  await screen.findByText(/^1\. Land/)
  return page
}
const box = ({ key }: FieldRead) => document.getElementById(`field-${key}`)!
const inside = (of: FieldRead) => within(box(of))
const type = (where: HTMLElement, value: string) => {
  fireEvent.change(where, { target: { value } })
}
const button = (name: string) => screen.getByRole('button', { name })

beforeEach(() => {
  sent.length = 0
  steps.length = 0
})

describe('an answer of several lines', () => {
  test('is not saved while a notice does not say what it asks for, and none of it is lost', async () => {
    const { user } = await open([notices])
    const editor = inside(notices)
    type(editor.getByLabelText('Number'), 'N-12')
    const day = editor.getByLabelText('Dated')
    expect(day).toHaveAttribute('type', 'date')
    type(day, '2026-11-02')
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    const asked = editor.getByLabelText('What it asks for')
    expect(asked).toBeInvalid()
    expect(asked).toHaveAccessibleDescription('Each line needs what it asks for.')
    expect(asked).toHaveFocus()
    expect(sent).toEqual([])
    type(asked, 'Fence the pool')
    expect(editor.queryByText('Each line needs what it asks for.')).toBeNull()
    await user.click(editor.getByRole('button', { name: 'Add a line' }))
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    await waitFor(() => {
      expect(sent[0]?.answers.notices).toEqual({
        ...{ choice: 'yes', text: null, amounts: null },
        entries: [{ number: 'N-12', dated_on: '2026-11-02', description: 'Fence the pool' }],
      })
    })
  })

  test('is not saved while a charge has a day alone', async () => {
    const { user } = await open([charges])
    const editor = inside(charges)
    const day = editor.getByLabelText('Due')
    expect(day).toHaveAttribute('type', 'date')
    type(day, '2026-11-30')
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    expect(editor.getByLabelText('Rate or charge')).toHaveAccessibleDescription('Each line needs words.')
    expect(editor.getByLabelText('Amount $')).toHaveAccessibleDescription(/an amount such as 412\.50/)
    expect(sent).toEqual([])
  })

  test('is none when its button says so, not when a line is left empty', async () => {
    const { user } = await open([notices])
    const editor = inside(notices)
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    expect(editor.getByLabelText('What it asks for')).toBeInvalid()
    expect(sent).toEqual([])
    await user.click(editor.getByRole('button', { name: 'There are none' }))
    await waitFor(() => {
      expect(sent[0]?.answers.notices).toMatchObject({ choice: 'no', entries: [] })
    })
  })
})

describe('an answer that the server does not take', () => {
  test('stays as it was typed, with the error at its line, until it is put right', async () => {
    const message = 'At most 200 letters.'
    const refuse = () =>
      sent.length === 1
        ? problem(422, message, [{ field: 'answers.notices.entries.0.number', message }])
        : undefined
    const { user } = await open([notices], { refuse })
    const editor = inside(notices)
    type(editor.getByLabelText('Number'), 'N-12 and more')
    type(editor.getByLabelText('What it asks for'), 'Fence the pool')
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    expect(await editor.findByText('The answer was not saved')).toBeVisible()
    const number = editor.getByLabelText('Number')
    expect(number).toHaveAccessibleDescription(message)
    expect(editor.getByLabelText('What it asks for')).toHaveValue('Fence the pool')
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull()
    type(number, 'N-12')
    await user.click(editor.getByRole('button', { name: 'Save answer' }))
    await waitFor(() => {
      expect(editor.queryByRole('textbox')).toBeNull()
    })
    expect(sent.map(({ answers }) => answers.notices?.entries?.[0]?.number)).toEqual([
      'N-12 and more',
      'N-12',
    ])
    expect(screen.queryByText('The answer was not saved')).toBeNull()
  })

  test('tells its own error when two are saved one after the other', async () => {
    const refuse = ({ answers }: Sent) => problem(500, `Nothing came of ${Object.keys(answers).join()}.`)
    const { user } = await open([category, sewer], { refuse })
    await user.click(button('Change Category'))
    type(inside(category).getByRole('textbox'), 'Residential and more')
    await user.click(inside(category).getByRole('button', { name: 'Save answer' }))
    await user.click(inside(sewer).getByRole('button', { name: 'No' }))
    expect(await inside(category).findByText('Nothing came of category.')).toBeVisible()
    expect(await inside(sewer).findByText('Nothing came of sewer.')).toBeVisible()
    expect(inside(category).getByRole('textbox')).toHaveValue('Residential and more')
    expect(inside(sewer).getByRole('button', { name: 'No' })).toHaveAttribute('aria-pressed', 'true')
    await user.click(inside(category).getByRole('button', { name: 'Keep as it is' }))
    expect(inside(category).queryByRole('alert')).toBeNull()
    expect(inside(sewer).getByRole('alert')).toBeVisible()
  })

  test('stays beside the other one when taking it fails', async () => {
    const refuse = ({ version }: Sent) => {
      if (version > 4) return problem(500, 'The service is away.')
      kept = { ...kept, version: 5 }
      const stale = { type: 'urn:banksia:certificates:draft-stale', title: 'Changed', status: 409 }
      return HttpResponse.json({ ...stale, detail: 'Changed.', version: 5 }, { status: 409 })
    }
    const { user } = await open([category], { refuse })
    await user.click(button('Change Category'))
    type(inside(category).getByRole('textbox'), 'Residential and more')
    await user.click(inside(category).getByRole('button', { name: 'Save answer' }))
    await user.click(await screen.findByRole('button', { name: 'Use mine for Category' }))
    const both = await screen.findByRole('region', { name: 'Two answers to Category' })
    expect(await within(both).findByText('The service is away.')).toBeVisible()
    expect(within(both).getByText('Residential and more')).toBeVisible()
    await user.click(button('Issue certificate'))
    expect(both).toHaveFocus()
    expect(steps).toEqual([])
  })

  test('keeps what is typed on while it is saved', async () => {
    let done: () => void = () => undefined
    const { user } = await open([category])
    server.use(
      http.put(`${AT}/draft`, async ({ request }) => {
        const body = (await request.json()) as Sent
        return new Promise<Response>((resolve) => {
          done = () => {
            resolve(store(body))
          }
          sent.push(body)
        })
      }),
    )
    await user.click(button('Change Category'))
    const text = inside(category).getByRole('textbox')
    type(text, 'Residential and')
    await user.click(inside(category).getByRole('button', { name: 'Save answer' }))
    await waitFor(() => {
      expect(sent).toHaveLength(1)
    })
    type(text, 'Residential and more')
    done()
    await screen.findByText('Not saved yet: Category')
    expect(text).toHaveValue('Residential and more')
  })
})

describe('a certificate with an answer that is typed and not saved', () => {
  const decisions = [
    ['Issue certificate', 'issue', {}],
    ['Send to be checked', 'send-to-check', { needs_check: true }],
  ] as const

  test.each(decisions)('does not go on with “%s”', async (name, step, change) => {
    const { user } = await open([category, zone], change)
    await user.click(button('Change Zone'))
    type(inside(zone).getByRole('textbox'), 'Residential R1')
    expect(button(name)).toHaveAttribute('aria-disabled', 'true')
    await user.click(button(name))
    expect(screen.getByRole('link', { name: 'Not saved yet: Zone' })).toBeVisible()
    expect(box(zone)).toHaveFocus()
    expect(steps).toEqual([])
    await user.click(inside(zone).getByRole('button', { name: 'Save answer' }))
    await waitFor(() => {
      expect(button(name)).toHaveAttribute('aria-disabled', 'false')
    })
    await user.click(button(name))
    await waitFor(() => {
      expect(steps).toEqual([step])
    })
    expect(sent[0]?.answers.zone?.text).toBe('Residential R1')
  })

  test('is not left without a question, and is once it is kept as it was', async () => {
    const { user, location } = await open([category, zone])
    const here = location()
    await user.click(button('Change Zone'))
    type(inside(zone).getByRole('textbox'), 'Residential R1')
    inside(zone).getByRole('button', { name: 'Save answer' }).focus()
    await user.keyboard('q')
    const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
    expect(within(dialog).getByText(/^Not saved yet: Zone\. /)).toBeVisible()
    await user.click(within(dialog).getByRole('button', { name: 'Stay here' }))
    await waitFor(() => {
      expect(dialog).not.toBeInTheDocument()
    })
    expect(location()).toBe(here)
    expect(inside(zone).getByRole('textbox')).toHaveValue('Residential R1')
    await user.click(inside(zone).getByRole('button', { name: 'Keep as it is' }))
    await user.keyboard('q')
    await waitFor(() => {
      expect(location()).not.toBe(here)
    })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test('is issued when an editor is open and nothing was changed, or it was kept as it is', async () => {
    const { user } = await open([category, zone])
    await user.click(button('Change Zone'))
    type(inside(zone).getByRole('textbox'), 'Changed')
    type(inside(zone).getByRole('textbox'), 'Residential')
    await user.click(button('Change Category'))
    type(inside(category).getByRole('textbox'), 'Changed')
    await user.click(inside(category).getByRole('button', { name: 'Keep as it is' }))
    await user.click(button('Issue certificate'))
    await waitFor(() => {
      expect(steps).toEqual(['issue'])
    })
  })
})
