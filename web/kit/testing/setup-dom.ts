// What tests of pages stand on: the matchers, the fake server, and what jsdom lacks.
import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterAll, afterEach, beforeAll } from 'vitest'
import { client } from '../api/client'
import { resetMedia } from './media'
import { server } from './server'

// Node's Request knows no page that a relative address could belong to.
client.setConfig({ baseUrl: 'http://bluehills.localhost' })

// A busy machine is slow, not wrong: what comes at all comes within this.
configure({ asyncUtilTimeout: 5_000 })

beforeAll(() => server.listen({ onUnhandledFrame: 'error' }))
afterEach(() => {
  cleanup()
  sessionStorage.clear()
  server.resetHandlers()
  resetMedia()
})
afterAll(() => server.close())

// Files are tested side by side in threads of one process, and a channel reaches all of them: other tabs are not these.
globalThis.BroadcastChannel = class extends EventTarget {
  readonly onmessage = null
  readonly onmessageerror = null
  readonly name: string
  constructor(name: string) {
    super()
    this.name = name
  }
  postMessage() {
    // Nobody else is here.
  }
  close() {
    // Nothing was open.
  }
}

Element.prototype.scrollIntoView = () => undefined
window.scrollTo = () => undefined
// Where a file lay in the folder that it was chosen with; nowhere unless a test says so.
Object.defineProperty(File.prototype, 'webkitRelativePath', { value: '', configurable: true })
// jsdom draws no dialogs: open and closed is all that a test sees of them.
HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
}
