import { useEffect, useRef, useState } from 'react'
import { type RouterHistory, useRouter } from '@tanstack/react-router'
import { container, Notice, useOrganisation, useTitle, useUser } from '@banksia/kit'
import { mountPage, type Surroundings } from './mount-page'

interface PageHostProps {
  title: string
  url: string
  basePath: string
}

/** One third-party page, mounted while this is shown. */
export function PageHost({ title, url, basePath }: PageHostProps) {
  const [broken, setBroken] = useState(false)
  const [ownTitle, setTitle] = useState(title)
  const element = useRef<HTMLDivElement>(null)
  const history: RouterHistory = useRouter().history as RouterHistory
  const organisation = useOrganisation()
  const user = useUser()
  // The title of the next page follows from that page, so leaving resets it.
  useTitle(ownTitle)
  const around: Surroundings = {
    basePath,
    organisation,
    user,
    setTitle,
    currentHref: () => history.location.href,
    navigate: (href, { replace = false } = {}) => (replace ? history.replace(href) : history.push(href)),
    onNavigate: (listener) => history.subscribe(listener),
  }
  const latest = useRef(around)
  useEffect(() => {
    const target = element.current
    if (!target) return
    return mountPage(target, url, latest.current, (error) => {
      console.error(error)
      setBroken(true)
    })
  }, [url])
  return (
    <>
      {broken ? (
        <div css={{ ...container, paddingTop: '2.5rem', paddingBottom: '2.5rem' }}>
          <Notice tone="warning" role="alert" title="This service is not available">
            <p>{title} could not be opened. Try again later, or contact the council.</p>
          </Notice>
        </div>
      ) : null}
      <div ref={element} hidden={broken} />
    </>
  )
}
