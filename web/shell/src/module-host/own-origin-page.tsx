import { useEffect, useRef } from 'react'
import { again } from './addresses'
import { mountPage } from './mount-page'
import type { ShownProps } from './page-host'

/** A page that the council trusts with its own origin: mounted in the document itself. */
export function OwnOriginPage({ entry, around, tries, onMounted, onBroken }: ShownProps) {
  const element = useRef<HTMLDivElement>(null)
  const latest = useRef({ around, onMounted, onBroken })
  const url = again(entry.page_url, tries)
  useEffect(() => {
    const target = element.current
    if (!target) return
    const { around: surroundings, ...options } = latest.current
    return mountPage(target, url, surroundings, options)
  }, [url])
  return <div ref={element} />
}
