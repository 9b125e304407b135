import { colour } from '@banksia/kit'
import { hrefWithin, mayOpen, ownAddress, pathWithin } from '../addresses'
import type { Surroundings } from '../surroundings'
import { act, type Acts, BRIDGE, type Start, type ToFrame, type ToShell } from './messages'
import { Requests } from './requests'
import { readMessage } from './schema'

/** How long a page may take to be there, and how much it may say in a second before it is taken for broken. */
const PATIENCE_MS = 20_000
const MOST_A_SECOND = 300

export interface Framed extends Surroundings {
  module: string
  capabilities: readonly string[]
  script: string
  onHeight: (pixels: number) => void
  onMounted: () => void
  onBroken: (error: unknown) => void
}

/**
 * The shell's end of the bridge to a page in a sandboxed frame. The frame has no origin, so it is known by its window
 * alone; whatever it says is checked, and it can ask for nothing but what is handled here. Answers the way out.
 */
export function hostFrame(frame: HTMLIFrameElement, around: Framed): () => void {
  const post = (message: ToFrame, transfer: Transferable[] = []) => {
    // An opaque origin has no name to send to; only this frame's own window receives it.
    frame.contentWindow?.postMessage({ banksia: BRIDGE, message }, '*', transfer)
  }
  const requests = new Requests(around.module, around.capabilities, post)
  const isBusy = budget(MOST_A_SECOND)
  const fail = (why: string) => {
    leave()
    around.onBroken(new Error(`${around.script}: ${why}`))
  }
  const late = setTimeout(() => fail('was not there in time.'), PATIENCE_MS)

  const acts: Acts<ToShell> = {
    ready: () => {
      requests.abortAll()
      post(startOf(around))
    },
    mounted: () => {
      clearTimeout(late)
      around.onMounted()
    },
    broken: ({ message }) => fail(message),
    height: ({ height }) => around.onHeight(height),
    title: ({ title }) => around.setTitle(title),
    navigate: ({ path, replace }) => navigate(around, path, replace),
    open: ({ address }) => open(around, address),
    fetch: (asked) => void requests.run(asked),
    abort: ({ id }) => requests.abort(id),
  }
  const listen = ({ source, origin, data }: MessageEvent<unknown>) => {
    if (source === null || source !== frame.contentWindow || origin !== 'null') return
    const message = readMessage(data)
    if (isBusy()) fail('said too much at once.')
    else if (message) act(acts, message)
  }
  const stopHearing = around.onNavigate(() => {
    const path = pathWithin(around.basePath, around.currentHref())
    if (path !== null) post({ type: 'path', path })
  })
  const leave = () => {
    clearTimeout(late)
    stopHearing()
    removeEventListener('message', listen)
    requests.abortAll()
    post({ type: 'leave' })
  }
  addEventListener('message', listen)
  return leave
}

/** Only within the page's own part of the address, also when the path climbs. */
function navigate({ basePath, ...around }: Framed, path: string, replace: boolean): void {
  const url = ownAddress(hrefWithin(basePath, path))
  if (!url || pathWithin(basePath, url.pathname) === null || mayOpen(around.module, url.href) === null) return
  around.navigate(`${url.pathname}${url.search}${url.hash}`, { replace })
}

function open(around: Framed, address: string): void {
  const href = mayOpen(around.module, address)
  if (href !== null) around.navigate(href)
}

function startOf({
  basePath,
  area,
  organisation,
  user,
  currentHref,
  module,
  requires,
  script,
}: Framed): Start {
  // The person's permissions of other parts are none of the module's business.
  const ofInterest = [module, ...requires]
  const permissions = user?.permissions.filter((each) => ofInterest.includes(each.split('.', 1)[0] ?? ''))
  return {
    type: 'start',
    script,
    theme: themeNow(),
    context: {
      basePath,
      area,
      path: pathWithin(basePath, currentHref()) ?? '/',
      organisation: {
        id: organisation.id,
        slug: organisation.slug,
        name: organisation.name,
        service_name: organisation.service_name,
      },
      user: user && { id: user.id, name: user.name, kind: user.kind, permissions: permissions ?? [] },
      locale: document.documentElement.lang || 'en-AU',
    },
  }
}

/** The council's colours as they stand, by the names that every page of a module finds: `--agds-...`. */
function themeNow(): Record<string, string> {
  const computed = getComputedStyle(document.body)
  const names = Object.values(colour).map((value) => /--[a-z-]+/.exec(value)?.[0] ?? '')
  const all = names.map((name) => [name, computed.getPropertyValue(name)] as const)
  return Object.fromEntries(
    [...all, ['font-family', computed.fontFamily] as const].filter(([, value]) => value),
  )
}

/** Whether more was said within a second than a page has reason to. */
function budget(most: number): () => boolean {
  let second = 0
  let said = 0
  return () => {
    const now = Math.floor(performance.now() / 1000)
    if (now !== second) [second, said] = [now, 0]
    said += 1
    return said > most
  }
}
