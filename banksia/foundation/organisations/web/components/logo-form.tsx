import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { DropArea, ErrorPanel, organisationQuery, problemOf, uploadFile, useOrganisation } from '@banksia/kit'
import { removeLogo } from '../api'

/** The council's logo: shown, replaced, removed. */
export function LogoForm() {
  const { name, logo_url } = useOrganisation()
  const queryClient = useQueryClient()
  const [failure, setFailure] = useState<unknown>()
  const change = async (send: () => Promise<unknown>) => {
    setFailure(undefined)
    try {
      await send()
      await queryClient.invalidateQueries({ queryKey: organisationQuery.queryKey })
    } catch (error) {
      setFailure(error)
    }
  }
  const send = (files: File[]) => {
    const [file] = files
    if (file) void change(() => uploadFile('/api/organisations/current/logo', file, { method: 'PUT' }))
  }
  return (
    <div css={{ display: 'grid', gap: '1rem' }}>
      {failure ? <ErrorPanel title="The logo was not changed" error={problemOf(failure)} /> : null}
      {logo_url ? (
        <div css={{ display: 'flex', alignItems: 'center', gap: '1rem' }}>
          <img src={logo_url} alt={`Logo of ${name}`} css={{ maxWidth: '10rem', maxHeight: '4rem' }} />
          <Button
            variant="secondary"
            size="sm"
            onClick={() => void change(() => removeLogo({ throwOnError: true }))}
          >
            Remove logo
          </Button>
        </div>
      ) : null}
      <DropArea onFiles={send} accept="image/png,image/jpeg,image/svg+xml" single />
      <p css={{ fontSize: '0.8125rem' }}>PNG, JPEG or SVG, at most 256 kB.</p>
    </div>
  )
}
