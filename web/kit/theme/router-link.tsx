import { type AnchorHTMLAttributes, type MouseEvent, type Ref, useContext } from 'react'
import { NavigateContext } from './navigate'

export interface RouterLinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  ref?: Ref<HTMLAnchorElement>
}

/** What the browser should follow itself: new tabs, downloads, other sites, files of the server, and jumps in the page. */
function isForTheBrowser(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { target, origin, pathname, search, hash } = event.currentTarget
  const samePage = hash !== '' && pathname === location.pathname && search === location.search
  return (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey ||
    (target !== '' && target !== '_self') ||
    event.currentTarget.hasAttribute('download') ||
    origin !== location.origin ||
    samePage ||
    /^\/(api|dev|assets|modules)\//.test(pathname)
  )
}

/** A plain link that moves within the application without loading the page again. */
export function RouterLink({ href, onClick, children, ...props }: RouterLinkProps) {
  const navigate = useContext(NavigateContext)
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event)
    if (!navigate || isForTheBrowser(event)) return
    event.preventDefault()
    const { pathname, search, hash } = event.currentTarget
    navigate(`${pathname}${search}${hash}`)
  }
  return (
    <a {...props} href={href} onClick={follow}>
      {children}
    </a>
  )
}
