/** What the browser should do itself: new tabs, downloads, jumps in the page, and what the page has dealt with. */
function isForTheBrowser(event: MouseEvent, link: HTMLAnchorElement): boolean {
  const special = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
  const elsewhere = link.target !== '' && link.target !== '_self'
  const jump = (link.getAttribute('href') ?? '').startsWith('#')
  return event.defaultPrevented || special || elsewhere || jump || link.hasAttribute('download')
}

/** Plain links of a page lead on within the application, without loading it again. Answers the way to stop. */
export function followLinks(root: HTMLElement, origin: string, open: (address: string) => void): () => void {
  const follow = (event: MouseEvent) => {
    // Also out of a page's shadow roots.
    const [link] = event.composedPath().filter((each) => each instanceof HTMLAnchorElement)
    if (!link?.href || isForTheBrowser(event, link)) return
    const url = URL.parse(link.href)
    if (url?.origin !== origin || /^\/(api|dev|assets|modules)\//.test(url.pathname)) return
    event.preventDefault()
    open(`${url.pathname}${url.search}${url.hash}`)
  }
  root.addEventListener('click', follow)
  return () => root.removeEventListener('click', follow)
}
