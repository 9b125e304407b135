// Runs inside the sandboxed frame, beside code that is not trusted: it only carries what the shell then checks.
import './frame.css'
import { mountPage } from './bridge'
import { BRIDGE, type ToFrame, type ToShell } from './messages'

const post = (message: ToShell, transfer: Transferable[] = []) => {
  // The frame itself has no origin, but its address names the one that it came from.
  parent.postMessage({ banksia: BRIDGE, message }, location.origin, transfer)
}

/** Higher than any page is; what is longer scrolls in its frame. */
const MOST = 100_000

const element = document.getElementById('page')
if (element) {
  const page = mountPage(element, post)
  addEventListener(
    'message',
    ({ source, origin, data }: MessageEvent<{ banksia?: unknown; message: ToFrame }>) => {
      if (source === parent && origin === location.origin && data.banksia === BRIDGE) page.hear(data.message)
    },
  )
  new ResizeObserver(() =>
    post({ type: 'height', height: Math.min(MOST, Math.ceil(element.getBoundingClientRect().height)) }),
  ).observe(element)
  post({ type: 'ready' })
}
