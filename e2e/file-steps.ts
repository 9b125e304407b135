// What journeys about property files need done before they begin.
import type { Visitor } from './browser.ts'

/** What the page of a records officer would send: a document, and the wish that it be removed. Answers its title. */
export async function askForRemoval(visitor: Visitor): Promise<string> {
  const records = await visitor.another()
  await records.signIn('records')
  const title = `Filed twice ${visitor.width} ${Date.now()}`
  await records.page.evaluate(async (name) => {
    interface Sent {
      method: string
      body: BodyInit
      headers: Record<string, string>
    }
    const token = /banksia_csrf=([^;]+)/.exec(document.cookie)?.[1] ?? ''
    const send = async <Answer>(path: string, init?: Sent): Promise<Answer> => {
      const answer = await fetch(path, {
        ...init,
        headers: { 'X-CSRF-Token': decodeURIComponent(token), ...init?.headers },
      })
      if (!answer.ok) throw new Error(`${path}: ${await answer.text()}`)
      return (await answer.json()) as Answer
    }
    const { results } = await send<{ results: { id: string }[] }>('/api/property/search?q=103 williwa')
    const folders = await send<{ id: string; key: string }[]>('/api/files/folders')
    const folder = folders.find(({ key }) => key === 'general_correspondence')?.id ?? ''
    const bytes = new TextEncoder().encode(name)
    const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
    const query = new URLSearchParams({ file_name: `${name}.txt`, folder_id: folder, title: name })
    const document_ = await send<{ id: string }>(
      `/api/files/properties/${results[0]?.id ?? ''}/documents?${query.toString()}`,
      {
        method: 'POST',
        body: bytes,
        headers: { 'Content-Type': 'application/octet-stream', 'X-Content-SHA256': sha256 },
      },
    )
    await send(`/api/files/documents/${document_.id}/removals`, {
      method: 'POST',
      body: JSON.stringify({ reason: 'The same letter is filed twice.' }),
      headers: { 'Content-Type': 'application/json' },
    })
  }, title)
  return title
}
