import { useEffect, useState } from 'react'
import { type RouterHistory, useRouter } from '@tanstack/react-router'
import { Button } from '@ag.ds-next/react/button'
import {
  container,
  type ModuleEntry,
  Notice,
  SkeletonRows,
  slimButtons,
  useOrganisation,
  useTitle,
  useUser,
} from '@banksia/kit'
import type { PageContext } from './contract'
import { FramedPage } from './framed-page'
import { OwnOriginPage } from './own-origin-page'
import { reloadWhenPolicyIsOld } from './stale-policy'
import type { Surroundings } from './surroundings'

export interface ShownProps {
  entry: ModuleEntry & { page_url: string }
  around: Surroundings
  /** How often it was tried before: a script that did not come is asked for under a new address. */
  tries: number
  onMounted: () => void
  onBroken: (error: unknown) => void
}

interface PageHostProps extends Pick<ShownProps, 'entry'> {
  basePath: string
  area?: PageContext['area']
}

type State = 'loading' | 'there' | 'broken'

/** One third-party page, mounted while this is shown. */
export function PageHost({ entry, basePath, area = 'customer' }: PageHostProps) {
  const [state, setState] = useState<State>('loading')
  const [tries, setTries] = useState(0)
  const [ownTitle, setTitle] = useState(entry.title)
  const history: RouterHistory = useRouter().history as RouterHistory
  const organisation = useOrganisation()
  const user = useUser()
  // The title of the next page follows from that page, so leaving resets it.
  useTitle(ownTitle)
  useEffect(() => reloadWhenPolicyIsOld(entry.name), [entry.name])
  const around: Surroundings = {
    basePath,
    area,
    organisation,
    user,
    requires: entry.depends_on ?? [],
    setTitle,
    currentHref: () => history.location.href,
    navigate: (href, { replace = false } = {}) => (replace ? history.replace(href) : history.push(href)),
    onNavigate: (listener) => history.subscribe(listener),
  }
  const Shown = entry.page_mode === 'frame' ? FramedPage : OwnOriginPage
  const again = () => {
    setState('loading')
    setTries(tries + 1)
  }
  return (
    <>
      <Notices entry={entry} area={area} />
      {state === 'broken' ? <NotAvailable title={entry.title} area={area} onRetry={again} /> : null}
      {state === 'loading' ? (
        <div css={spaced}>
          <SkeletonRows rows={4} />
        </div>
      ) : null}
      {state === 'broken' ? null : (
        <Shown
          key={tries}
          entry={entry}
          around={around}
          tries={tries}
          onMounted={() => setState('there')}
          onBroken={(error) => {
            console.error(error)
            setState('broken')
          }}
        />
      )}
    </>
  )
}

/** What works less well here because a module that this one can use is off; staff read which. */
function Notices({ entry, area }: Pick<ShownProps, 'entry'> & Pick<PageContext, 'area'>) {
  if (!entry.notices?.length) return null
  return (
    <div css={{ ...spaced, paddingBottom: 0 }}>
      <Notice tone="info" title={`Some of ${entry.title} is not available now`}>
        {area === 'customer' ? null : entry.notices.map((each) => <p key={each}>{each}</p>)}
      </Notice>
    </div>
  )
}

interface NotAvailableProps {
  title: string
  area: PageContext['area']
  onRetry: () => void
}

function NotAvailable({ title, area, onRetry }: NotAvailableProps) {
  return (
    <div css={spaced}>
      <Notice tone="warning" role="alert" title={`${title} is not available now`}>
        <p>
          {area === 'customer'
            ? 'This service did not answer. Try again in a few minutes, or contact the council.'
            : 'This module did not answer. The rest of the back office works. An administrator sees its state under Settings, Connected modules.'}
        </p>
        <p css={{ marginTop: '0.75rem', ...slimButtons }}>
          <Button size="sm" variant="secondary" onClick={onRetry}>
            Try again
          </Button>
        </p>
      </Notice>
    </div>
  )
}

const spaced = { ...container, paddingTop: '2rem', paddingBottom: '2rem' } as const
