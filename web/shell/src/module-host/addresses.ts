/** The part of an address that is the page's own, or null when it is elsewhere. */
export function pathWithin(basePath: string, href: string): string | null {
  if (href === basePath) return '/'
  const rest = href.startsWith(basePath) ? href.slice(basePath.length) : ''
  if (rest.startsWith('/')) return rest
  return rest.startsWith('?') || rest.startsWith('#') ? `/${rest}` : null
}

/** The whole address of a path of the page's own. */
export function hrefWithin(basePath: string, path: string): string {
  return `${basePath}${path.startsWith('/') ? path : `/${path}`}`.replace(/\/$/, '') || '/'
}

/** An address as the browser would follow it, without its origin; null for another origin, and for what is no address. */
export function ownAddress(address: string): URL | null {
  const url = URL.parse(address, location.origin)
  return url?.origin === location.origin ? url : null
}

/** What a proxy might take for a step up or aside after the browser has looked. */
const DISGUISED = /%2e|%2f|%5c|\\|\/\//i

const inOrder = ({ pathname }: URL): boolean => !DISGUISED.test(pathname)

/** Where a page in a frame may lead beside its own: a property, the page on which one pays, the counter's, and the sign-in. */
const LEADS =
  /^\/(?:property\/staff(?:\/.*)?|payments\/customer\/pay\/.*|payments\/staff\/payables\/[0-9a-f-]{36}|auth\/customer\/sign-in)$/

/** An address to which a page in a frame may lead, as it is followed; null for every other. */
export function mayOpen(name: string, address: string): string | null {
  const url = ownAddress(address)
  if (!url || !inOrder(url)) return null
  const { pathname, search, hash } = url
  const own = pathname === `/${name}` || pathname.startsWith(`/${name}/`)
  return (own || LEADS.test(pathname)) && !pathname.includes('/.well-known/')
    ? `${pathname}${search}${hash}`
    : null
}

/**
 * What the capabilities let a page read as the person who looks at it; the server asks that person's permissions too.
 * Snapshots are for the module's own server alone.
 */
const READS: Readonly<Record<string, RegExp>> = {
  'property.search': /^\/api\/property\/search$/,
  'property.get': /^\/api\/property\/properties\/[0-9a-f-]{36}$/,
}

/** The address that a page in a frame may ask, as it is asked; null for every other. */
export function mayFetch(
  name: string,
  capabilities: readonly string[],
  method: string,
  address: string,
): string | null {
  const url = ownAddress(address)
  if (!url || !inOrder(url)) return null
  const { pathname, search } = url
  const reads = method === 'GET' && capabilities.some((each) => READS[each]?.test(pathname))
  return reads || pathname.startsWith(`/api/${name}/`) ? `${pathname}${search}` : null
}

/** The address of a script that did not come at first: browsers keep the failure under the old one. */
export function again(url: string, tries: number): string {
  return tries === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}again=${tries}`
}
