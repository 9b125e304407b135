import { CopyButton, Notice } from '@banksia/kit'
import { useEffect, useRef } from 'react'
import type { ModuleApproved } from '../api'

/** A module's secrets, shown this once; the focus goes there, so that nobody leaves without having met them. */
export function Secrets({ approved }: { approved: ModuleApproved }) {
  const notice = useRef<HTMLDivElement>(null)
  const { id, name, client_id, client_secret, webhook_secret, title } = approved
  useEffect(() => notice.current?.focus(), [client_secret])
  if (!client_secret || !webhook_secret) return null
  return (
    <Notice tone="success" title="Copy the secrets now: they are not shown again" ref={notice} tabIndex={-1}>
      <p css={{ marginBottom: '0.75rem' }}>
        Whoever runs {title} enters them on its server: tokens from us name the audience, with the client and
        its secret it calls back, with the signing secret it knows that an event comes from us.
      </p>
      <dl css={{ display: 'grid', gap: '0.75rem' }}>
        <Secret name="Audience" value={`banksia:module:${name}:${id}`} words="Copy audience" />
        {client_id === null ? null : <Secret name="Client" value={client_id} words="Copy client" />}
        <Secret name="Client secret" value={client_secret} words="Copy client secret" />
        <Secret name="Signing secret" value={webhook_secret} words="Copy signing secret" />
      </dl>
    </Notice>
  )
}

function Secret({ name, value, words }: { name: string; value: string; words: string }) {
  return (
    <div>
      <dt css={{ fontWeight: 'bold' }}>{name}</dt>
      <dd css={{ display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.25rem 1rem' }}>
        <code css={{ overflowWrap: 'anywhere' }}>{value}</code>
        <CopyButton text={value}>{words}</CopyButton>
      </dd>
    </div>
  )
}
