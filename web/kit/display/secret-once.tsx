import { type PropsWithChildren, useEffect, useRef } from 'react'
import { colour, RADIUS } from '../theme/tokens'
import { CopyButton } from './copy-button'
import { Notice } from './notice'

interface SecretOnceProps {
  /** What it is and what to do: `Copy the token now`. */
  title: string
  secret: string
  /** The words of its button: `Copy token`. */
  copy: string
}

/** A secret that is shown this once: it takes the focus, so that nobody leaves without having met it. */
export function SecretOnce({ title, secret, copy, children }: PropsWithChildren<SecretOnceProps>) {
  const notice = useRef<HTMLDivElement>(null)
  useEffect(() => notice.current?.focus(), [secret])
  return (
    <Notice tone="success" title={title} ref={notice} tabIndex={-1}>
      {children}
      <p
        css={{
          display: 'flex',
          flexWrap: 'wrap',
          alignItems: 'center',
          gap: '0.5rem 1rem',
          marginTop: '0.75rem',
        }}
      >
        <code
          css={{
            padding: '0.5rem 0.75rem',
            border: `1px solid ${colour.border}`,
            borderRadius: RADIUS.control,
            background: colour.backgroundBody,
            overflowWrap: 'anywhere',
          }}
        >
          {secret}
        </code>
        <CopyButton text={secret}>{copy}</CopyButton>
      </p>
    </Notice>
  )
}
