import { screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { http, problem, renderKit, server, staff } from '@banksia/kit/testing'
import type { DraftRead } from '../api'
import { NewerTemplate } from '../components/newer-template'

const draft = (change: Partial<DraftRead> = {}, state = 'drafted') =>
  ({
    line: { id: 'x', state },
    version: 4,
    template_number: 1,
    newer_template: 2,
    ...change,
  }) as DraftRead
const show = (shown: DraftRead, editable = true) =>
  renderKit(<NewerTemplate draft={shown} editable={editable} />, {
    user: staff('certificates.lines.prepare'),
  })

test('a template published between draft and issue is told, and taken upon what was read', async () => {
  const sent: unknown[] = []
  server.use(
    http.post('*/api/certificates/lines/x/take-newest-template', async ({ request }) => {
      sent.push(await request.json())
      return problem(409, 'Version 3 of the template came into force after you opened this certificate.')
    }),
  )
  const { user } = show(draft())
  expect(await screen.findByText('Version 2 of the template is in force')).toBeVisible()
  expect(screen.getByText(/is made with version 1 and stays so unless you take the new one/)).toBeVisible()
  await user.click(screen.getByRole('button', { name: 'Use version 2' }))
  expect(await screen.findByText(/Version 3 of the template came into force/)).toBeVisible()
  expect(sent).toEqual([{ version: 4, template_number: 2 }])
})

test('what waits for the second officer is sent back before it takes a newer template', async () => {
  show(draft({ template_number: 0 }, 'to_check'), false)
  expect(await screen.findByText(/have the certificate sent back first/)).toBeVisible()
  expect(screen.queryByRole('button')).toBeNull()
})

test('nothing is said while the template is the one in force', () => {
  const { container } = show(draft({ newer_template: null }))
  expect(container.textContent).not.toMatch(/template/)
})
