import { createBrowserHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { fireEvent, render, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { http, HttpResponse, problem, renderPage, server, staff } from '@banksia/kit/testing'
import type { TemplateChecked, TemplateRead } from '../api'
import { LeaveUnsaved } from '../components/leave-unsaved'
import { templateComparePage, templatePage, templateVersionsPage } from '../staff-routes'

// What draws a PDF has tests of its own, and needs a canvas.
vi.mock('../components/template-preview', () => ({ TemplatePreview: () => null }))

const AT = '*/api/certificates/templates/603'
const own = {
  number: 0,
  published_at: null,
  published_by_name: null,
  reason: 'Comes with Banksia.',
  restored_from: null,
  is_in_force: true,
}
const template: TemplateRead = {
  code: '603',
  title: '603 certificate',
  in_force: own,
  draft_saved_at: null,
  draft_saved_by_name: null,
  version: 0,
  versions: [own],
  content: {
    paper_title: 'Certificate as to rates and charges',
    source: 'Council certifies.\n\n#sections()\n',
    notes: ['Order a new one.'],
    sections: [
      {
        number: '1',
        title: 'Rates',
        part: '',
        questions: [
          {
            ...{
              key: 'rates_owing',
              label: 'Amounts due',
              ask: '',
              kind: 'amounts',
              yes: 'Due.',
              no: 'Nil.',
            },
            ...{ not_known: '', standard: '', attribute: 'rates_balance' },
          },
        ],
      },
    ],
  },
}
const draft: TemplateRead = {
  ...template,
  version: 1,
  draft_saved_at: '2026-11-28T01:00:00Z',
  draft_saved_by_name: 'Ana Silva',
}
const MISTAKE = { message: 'Unknown variable: nothing.', line: 2, column: 2, hint: null }

const json = (method: 'get' | 'post' | 'put', path: string, answer: unknown) =>
  http[method](`${AT}${path}`, () => HttpResponse.json(answer as Record<string, unknown>))

const open = (read: TemplateRead = template) => {
  server.use(json('get', '', read))
  return renderPage(templatePage, templatePage.href({ params: { code: '603' } }), {
    user: staff('certificates.templates.manage'),
  })
}

beforeEach(() => {
  const zone = { expression: '#attribute("zone")', title: 'Zone', kind: 'text', example: 'RU5 Village' }
  server.use(json('get', '/fields', { groups: [{ title: 'Attributes: Planning', fields: [zone] }] }))
})

describe('the editor', () => {
  const checks = (checked: TemplateChecked) => {
    const sent: unknown[] = []
    server.use(
      http.put(AT, async ({ request }) => {
        const body = (await request.json()) as { content: TemplateRead['content'] }
        sent.push(body)
        return HttpResponse.json({ ...draft, content: body.content })
      }),
      json('post', '/check', checked),
    )
    return sent
  }

  test('keeps a broken text, names its mistakes, and leads to their lines', async () => {
    const sent = checks({ mistakes: [MISTAKE], warnings: ['Amounts due is asked and not printed.'] })
    const { user } = await open()
    const text = await screen.findByLabelText<HTMLTextAreaElement>('Text of the certificate')
    fireEvent.change(text, { target: { value: 'Good.\n#nothing' } })
    expect(screen.getByText('Save the text first.')).toBeVisible()
    await user.click(screen.getByText('Save and check'))
    await user.click(await screen.findByText('Line 2, column 2'))
    expect(text).toHaveFocus()
    expect(text.selectionStart).toBe('Good.\n#'.length)
    expect(screen.getByText('Amounts due is asked and not printed.')).toBeVisible()
    expect(screen.getByText('Put the mistakes right first.')).toBeVisible()
    expect(sent).toEqual([{ version: 0, content: { ...template.content, source: 'Good.\n#nothing' } }])
  })

  test('writes a field where the cursor stands', async () => {
    const { user } = await open()
    const text = await screen.findByLabelText<HTMLTextAreaElement>('Text of the certificate')
    text.setSelectionRange(7, 7)
    await user.click(await screen.findByLabelText('Find a field'))
    await user.paste('zone')
    await user.click(await screen.findByText('Insert'))
    expect(text).toHaveValue('Council#attribute("zone") certifies.\n\n#sections()\n')
    expect(text).toHaveFocus()
  })

  test('shows what is wrong with a question at its field', async () => {
    server.use(
      http.put(AT, () =>
        problem(422, 'Check', [
          { field: 'content.sections.0.questions.0.yes', message: 'Write what yes says.' },
        ]),
      ),
    )
    const { user } = await open()
    await user.click(await screen.findByText('Save and check'))
    expect(await screen.findByText('Write what yes says.')).toBeVisible()
    expect(screen.getByLabelText('What yes prints')).toBeInvalid()
  })

  test('publishes the saved draft with its reason', async () => {
    const sent: unknown[] = []
    server.use(
      http.post(`${AT}/publish`, async ({ request }) => {
        sent.push(await request.json())
        const one = {
          ...own,
          number: 1,
          published_at: '2026-11-28T02:00:00Z',
          published_by_name: 'Ana Silva',
        }
        return HttpResponse.json({ ...template, in_force: one })
      }),
    )
    const { user } = await open(draft)
    await user.click(await screen.findByText('Publish version 1'))
    expect(await screen.findByText(/Write why the template changes/)).toBeVisible()
    expect(sent).toEqual([])
    await user.click(screen.getByLabelText(/Why it changes/))
    await user.paste('New wording.')
    await user.click(screen.getByText('Publish version 1'))
    expect(await screen.findByText(/Version 1 is in force since .*, published by Ana Silva/)).toBeVisible()
    expect(sent).toEqual([{ version: 1, reason: 'New wording.' }])
  })
})

describe('what is typed and not saved', () => {
  const textOf = () => screen.findByLabelText<HTMLTextAreaElement>('Text of the certificate')

  test('is not left without a question', async () => {
    const { user, location } = await open()
    const here = location()
    fireEvent.change(await textOf(), { target: { value: 'Better words.' } })
    await user.click(screen.getByRole('link', { name: 'Compare' }))
    const dialog = await screen.findByRole('dialog', { name: 'Leave without saving?' })
    await user.click(within(dialog).getByRole('button', { name: 'Stay here' }))
    await waitFor(() => {
      expect(dialog).not.toBeInTheDocument()
    })
    expect(location()).toBe(here)
    expect(await textOf()).toHaveValue('Better words.')
    await user.click(screen.getByRole('link', { name: 'Versions' }))
    await user.click(await screen.findByRole('button', { name: 'Leave without saving' }))
    await waitFor(() => {
      expect(location()).toBe(templateVersionsPage.href({ params: { code: '603' } }))
    })
  })

  test('is not asked about where nothing was typed', async () => {
    const { user, location } = await open()
    await textOf()
    await user.click(screen.getByRole('link', { name: 'Versions' }))
    await waitFor(() => {
      expect(location()).toBe(templateVersionsPage.href({ params: { code: '603' } }))
    })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  test.each([true, false])('stops the tab from closing: %s', async (isChanged) => {
    const root = createRootRoute({
      component: () => <LeaveUnsaved isChanged={isChanged} loss="It is gone." />,
    })
    const router = createRouter({ routeTree: root, history: createBrowserHistory() })
    await router.load()
    render(<RouterProvider router={router as never} />)
    const leaving = new Event('beforeunload', { cancelable: true })
    await waitFor(() => {
      window.dispatchEvent(leaving)
      expect(leaving.defaultPrevented).toBe(isChanged)
    })
    router.history.destroy()
  })

  test('stays when it is typed while the rest is saved, and is saved next', async () => {
    const sent: string[] = []
    const answers: (() => void)[] = []
    server.use(
      http.put(AT, async ({ request }) => {
        const { content } = (await request.json()) as { content: TemplateRead['content'] }
        sent.push(content.source)
        await new Promise<void>((resolve) => answers.push(resolve))
        return HttpResponse.json({ ...draft, version: sent.length, content })
      }),
      json('post', '/check', { mistakes: [], warnings: [] }),
    )
    const { user } = await open()
    const text = await textOf()
    fireEvent.change(text, { target: { value: 'One.' } })
    await user.click(screen.getByText('Save and check'))
    await waitFor(() => {
      expect(answers).toHaveLength(1)
    })
    fireEvent.change(text, { target: { value: 'One. Two.' } })
    answers[0]?.()
    await screen.findByText('It printed before you changed it')
    expect(text).toHaveValue('One. Two.')
    expect(screen.getByText('Changed, not saved')).toBeVisible()
    await user.click(screen.getByText('Save and check'))
    await waitFor(() => {
      expect(answers).toHaveLength(2)
    })
    answers[1]?.()
    await screen.findByText('It prints')
    expect(sent).toEqual(['One.', 'One. Two.'])
    expect(screen.queryByText('Changed, not saved')).toBeNull()
  })
})

describe('the versions', () => {
  const one = { ...own, number: 1, published_at: '2026-11-28T02:00:00Z', published_by_name: 'Ana Silva' }

  test('bring an older text back with a reason', async () => {
    const sent: unknown[] = []
    const versions = [
      { ...one, reason: 'New wording.' },
      { ...own, is_in_force: false },
    ]
    server.use(
      json('get', '', { ...template, in_force: one, versions }),
      http.post(`${AT}/versions/0/restore`, async ({ request }) => {
        sent.push(await request.json())
        return HttpResponse.json(template)
      }),
    )
    const href = templateVersionsPage.href({ params: { code: '603' } })
    const { user } = await renderPage(templateVersionsPage, href, { user: staff() })
    await user.click(await screen.findByRole('button', { name: /Publish this text again/ }))
    await user.click(screen.getByLabelText(/Why it comes back/))
    await user.paste('It was right.')
    await user.click(screen.getByRole('button', { name: 'Publish it again' }))
    await waitFor(() => {
      expect(sent).toEqual([{ reason: 'It was right.' }])
    })
  })

  test('are compared line by line', async () => {
    server.use(
      json('get', '', { ...draft, in_force: one, versions: [one, { ...own, is_in_force: false }] }),
      json('get', '/compare', {
        ...{ older: 'Version 1', newer: 'Draft', added: 1, removed: 0 },
        lines: [{ change: 'added', text: 'A new line.', old_line: null, new_line: 3 }],
      }),
    )
    const href = templateComparePage.href({ params: { code: '603' } })
    await renderPage(templateComparePage, href, { user: staff() })
    expect(await screen.findByRole('row', { name: /3 .*Added.* A new line\./ })).toBeVisible()
    expect(screen.getByLabelText('Newer')).toHaveDisplayValue('Draft')
  })
})
