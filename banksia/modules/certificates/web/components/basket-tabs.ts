import type { BasketLine, LineName } from './basket'

/** What one tab tells the others: lines that were put in or taken out, or that it has just opened. */
export type TabMessage = { kind: 'changed'; put: BasketLine[]; removed: LineName[] } | { kind: 'opened' }

const NAME = 'banksia.certificates.basket'
let channel: BroadcastChannel | null | undefined

function open(hear: (message: TabMessage) => void): BroadcastChannel | null {
  if (channel !== undefined) return channel
  channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(NAME)
  channel?.addEventListener('message', ({ data }: MessageEvent<TabMessage>) => {
    hear(data)
  })
  return channel
}

/** Tell the other tabs, and hear them from now on; tabs keep nothing that outlives them. */
export function tellTabs(message: TabMessage, hear: (message: TabMessage) => void): void {
  open(hear)?.postMessage(message)
}
