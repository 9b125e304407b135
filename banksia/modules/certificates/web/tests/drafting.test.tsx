import { screen, waitFor, within } from '@testing-library/react'
import { useQuery } from '@tanstack/react-query'
import { describe, expect, test } from 'vitest'
import { http, HttpResponse, renderKit, server, staff } from '@banksia/kit/testing'
import { readDraftOptions, type Answer, type DraftRead, type FieldRead } from '../api'
import { IssuePanel } from '../components/issue-panel'
import { KnownChanges } from '../components/known-changes'
import { LineActions } from '../components/line-actions'
import { Replaces } from '../components/replaces'
import { TwoAnswers } from '../components/two-answers'
import { useSaveAnswers } from '../components/use-save-answers'

const officer = staff('certificates.orders.read', 'certificates.lines.prepare', 'certificates.orders.issue')
const field = (text: string): FieldRead => ({
  key: 'rating_category',
  label: 'Category',
  question: 'How is the land categorised?',
  kind: 'text',
  answer: { text, choice: null, amounts: null, entries: null },
  is_unknown: false,
  statement: text,
  origin: 'truth',
  source: 'Rates system',
  as_at_on: '2026-11-01',
  is_changed: false,
  changed_from: null,
  changed_by_name: null,
  changed_at: null,
})
const draft = (text = 'Residential', change: Partial<DraftRead> = {}) =>
  ({
    line: { id: 'x', state: 'drafted', assigned_to_id: null, assigned_to_name: null },
    sections: [{ number: '1', title: 'Rating', part: null, open_count: 0, fields: [field(text)] }],
    version: 4,
    template_number: 0,
    known: { rating_category: text },
    changes: [],
    replaces: null,
    saved_by_name: 'Priya Nair',
    can_issue: true,
    checked_by_name: null,
    when_you_issue: {
      number_preview: '603/2026/00009',
      dated_on: '2026-11-29',
      customer: 'Margaret Olsen',
      emails_customer: true,
    },
    ...change,
  }) as DraftRead
const refused = (type: string, detail: string, more: object) =>
  HttpResponse.json(
    { type: `urn:banksia:certificates:${type}`, title: 'Changed', detail, status: 409, ...more },
    { status: 409 },
  )

function Draft() {
  const { data = draft() } = useQuery({ ...readDraftOptions({ path: { line_id: 'x' } }), staleTime: 60_000 })
  return (
    <>
      <KnownChanges draft={data} />
      <IssuePanel draft={data} unsaved={[]} saving={false} />
    </>
  )
}

describe('what council learns between draft and issue', () => {
  test('is shown, and issued only as it was seen the second time', async () => {
    const sent: unknown[] = []
    let text = 'Residential'
    server.use(
      http.get('*/api/certificates/lines/x', () => HttpResponse.json(draft(text))),
      http.post('*/api/certificates/lines/x/issue', async ({ request }) => {
        sent.push(await request.json())
        if (text === 'Mining') return HttpResponse.json(draft(text))
        text = 'Mining'
        const change = { key: 'rating_category', label: 'Category', before: 'Residential', now: 'Mining' }
        return refused('known-changed', 'Category: Residential → Mining.', { changes: [change] })
      }),
    )
    const { user } = renderKit(<Draft />, { user: officer })
    await user.click(await screen.findByRole('button', { name: 'Issue certificate' }))
    expect(await screen.findByText('Changed since you drafted')).toBeVisible()
    expect(screen.getByRole('link', { name: 'Category' })).toHaveAttribute('href', '#field-rating_category')
    await user.click(screen.getByRole('button', { name: 'Issue certificate' }))
    await waitFor(() => {
      expect(sent).toEqual([
        { version: 4, template_number: 0, known: { rating_category: 'Residential' } },
        { version: 4, template_number: 0, known: { rating_category: 'Mining' } },
      ])
    })
  })
})

const FARMLAND: Answer = { text: 'Farmland', choice: null, amounts: null, entries: null }

function Answers() {
  const { data = draft() } = useQuery({ ...readDraftOptions({ path: { line_id: 'x' } }), staleTime: 60_000 })
  const save = useSaveAnswers(data)
  return (
    <>
      <button
        onClick={() => {
          void save.answer('rating_category', FARMLAND)
        }}
      >
        Answer
      </button>
      <TwoAnswers
        draft={data}
        unsaved={save.unsaved}
        errors={save.errors}
        onMine={(key) => {
          void save.answerMine(key)
        }}
        onTheirs={save.drop}
      />
    </>
  )
}

describe('two answers to one question', () => {
  const sent: { version: number; answers: object }[] = []
  const answerStale = () => {
    sent.length = 0
    let version = 4
    server.use(
      http.get('*/api/certificates/lines/x', () =>
        HttpResponse.json(draft(version === 4 ? 'Residential' : 'Business', { version })),
      ),
      http.put('*/api/certificates/lines/x/draft', async ({ request }) => {
        const body = (await request.json()) as (typeof sent)[number]
        sent.push(body)
        if (body.version === 5) return HttpResponse.json(draft('Farmland', { version: 6 }))
        version = 5
        return refused('draft-stale', 'Priya Nair changed this after you opened it.', { version: 5 })
      }),
    )
    return renderKit(<Answers />, { user: officer })
  }

  test('stand side by side until the officer takes one: mine', async () => {
    const { user } = answerStale()
    await user.click(await screen.findByRole('button', { name: 'Answer' }))
    const both = await screen.findByRole('region', { name: 'Two answers to Category' })
    expect(await within(both).findByText('Business')).toBeVisible()
    expect(within(both).getByText('Farmland')).toBeVisible()
    await user.click(within(both).getByRole('button', { name: 'Use mine for Category' }))
    await waitFor(() => {
      expect(sent.map(({ version }) => version)).toEqual([4, 5])
    })
    expect(screen.queryByRole('region')).toBeNull()
  })

  test('or theirs, and nothing is sent', async () => {
    const { user } = answerStale()
    await user.click(await screen.findByRole('button', { name: 'Answer' }))
    await user.click(await screen.findByRole('button', { name: 'Keep theirs for Category' }))
    expect(screen.queryByRole('region')).toBeNull()
    expect(sent.map(({ version }) => version)).toEqual([4])
  })
})

describe('what an officer does with a line', () => {
  test('who is slower hears who took it, and may take it over', async () => {
    const sent: unknown[] = []
    server.use(
      http.post('*/api/certificates/lines/x/assign', async ({ request }) => {
        sent.push(await request.json())
        if (sent.length > 1) return HttpResponse.json({})
        return refused('officer-changed', 'Priya Nair took this at 7:44 am.', { officer_id: 'p' })
      }),
    )
    const { user } = renderKit(<LineActions draft={draft()} />, { user: officer })
    await user.click(await screen.findByRole('button', { name: 'Take it' }))
    expect(await screen.findByText('Priya Nair took this at 7:44 am.')).toBeVisible()
    await user.click(screen.getByRole('button', { name: 'Take it over' }))
    await waitFor(() => {
      expect(sent).toEqual([
        { officer_id: officer.id, seen_officer_id: null },
        { officer_id: officer.id, seen_officer_id: 'p' },
      ])
    })
  })

  test('a dialog asks for a sentence before it sends anything', async () => {
    const { user } = renderKit(<LineActions draft={draft()} />, { user: officer })
    await user.click(await screen.findByRole('button', { name: 'Put on hold' }))
    const dialog = await screen.findByRole('dialog')
    await user.click(within(dialog).getByRole('button', { name: 'Put on hold' }))
    expect(within(dialog).getByText('Write at least 5 letters.')).toBeVisible()
    expect(within(dialog).getByRole('textbox')).toHaveFocus()
  })

  test('a replacement says what it replaces, and is called off rather than refused', async () => {
    const replaced = draft('Residential', {
      replaces: { number: '603/2026/00004', because: 'mistake', reason: 'The lot number is wrong.' },
    })
    const sent: unknown[] = []
    server.use(
      http.post('*/api/certificates/lines/x/keep-issued', async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(draft())
      }),
    )
    const { user } = renderKit(
      <>
        <Replaces draft={replaced} />
        <LineActions draft={replaced} />
      </>,
      { user: officer },
    )
    expect(await screen.findByText('Replaces 603/2026/00004 because it held a mistake')).toBeVisible()
    expect(screen.queryByRole('button', { name: 'Cannot issue' })).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Keep the issued one' }))
    const dialog = await screen.findByRole('dialog')
    await user.type(within(dialog).getByRole('textbox'), 'It was right.')
    await user.click(within(dialog).getByRole('button', { name: 'Keep the issued one' }))
    await waitFor(() => {
      expect(sent).toEqual([{ reason: 'It was right.' }])
    })
  })
})
