import { screen, waitFor } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { http, HttpResponse, renderKit, server, staff } from '@banksia/kit/testing'
import { EditDocument } from '../components/edit-document'
import { detail } from './factories'

test('the date on the paper can be taken away', async () => {
  const sent: unknown[] = []
  server.use(
    http.patch('*/api/files/documents/Survey', async ({ request }) => {
      sent.push(await request.json())
      return HttpResponse.json(detail('Survey'))
    }),
  )
  const closed = vi.fn()
  const { user } = renderKit(
    <EditDocument document={detail('Survey', { dated_on: '2018-03-12' })} onClose={closed} />,
    { user: staff('files.documents.read', 'files.documents.add') },
  )
  // The calendar comes after the form stands.
  await waitFor(() => expect(screen.getByLabelText(/Date on the paper/)).toBeEnabled(), { timeout: 15_000 })
  await user.clear(screen.getByLabelText(/Date on the paper/))
  await user.click(screen.getByRole('button', { name: 'Save document' }))
  await waitFor(() => expect(closed).toHaveBeenCalled())
  expect(sent).toEqual([{ title: 'Survey', description: '', dated_on: null }])
})
