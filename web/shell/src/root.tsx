import { useEffect } from 'react'
import { Outlet, useRouter } from '@tanstack/react-router'
import { SkipLinks } from '@ag.ds-next/react/skip-link'

/** After a move to another page the focus goes to its title, so that it is read out and Tab goes on from there. */
function useFocusOnNavigation() {
  const router = useRouter()
  useEffect(() => {
    let first = true
    return router.subscribe('onRendered', ({ pathChanged }) => {
      if (pathChanged && !first) {
        const main = document.getElementById('main')
        const title = main?.querySelector<HTMLElement>('h1')
        title?.setAttribute('tabindex', '-1')
        ;(title ?? main)?.focus({ preventScroll: true })
      }
      first = false
    })
  }, [router])
}

export function Root() {
  useFocusOnNavigation()
  return (
    <>
      <SkipLinks links={[{ label: 'Skip to main content', href: '#main' }]} />
      <Outlet />
    </>
  )
}
