import { useState } from 'react'
import { Button, ButtonLink } from '@ag.ds-next/react/button'
import { CalendarIcon, FileIcon, PlusIcon } from '@ag.ds-next/react/icon'
import { loadedLate, useMay, useModules } from '@banksia/kit'
import type { PropertyRead } from '../api'
import type { PropertyView } from './view-href'

const PropertyAsAtDialog = loadedLate(() => import('./as-at-dialog'))

interface PropertyActionsProps {
  property: PropertyRead
  view: PropertyView
  asAt: string | undefined
}

/** What can be done with a property, in its own module and in others that are on here. */
export function PropertyActions({ property, view, asAt }: PropertyActionsProps) {
  const [choosing, setChoosing] = useState(false)
  const modules = useModules().map(({ name }) => name)
  const mayFile = useMay('files.documents.read') && modules.includes('files')
  const mayLodge = useMay('certificates.orders.lodge') && modules.includes('certificates')
  return (
    <>
      <Button
        size="sm"
        variant="tertiary"
        iconBefore={CalendarIcon}
        onClick={() => {
          setChoosing(true)
        }}
      >
        {asAt ? 'Another day' : 'As at today'}
      </Button>
      {mayFile ? (
        <ButtonLink size="sm" variant="secondary" iconBefore={FileIcon} href={`/files/staff/${property.id}`}>
          Open file
        </ButtonLink>
      ) : null}
      {mayLodge && property.status !== 'historic' ? (
        <ButtonLink
          size="sm"
          iconBefore={PlusIcon}
          href={`/certificates/staff/counter?property=${property.id}`}
        >
          New order
        </ButtonLink>
      ) : null}
      {choosing ? (
        <PropertyAsAtDialog
          propertyId={property.id}
          view={view}
          asAt={asAt}
          onClose={() => {
            setChoosing(false)
          }}
        />
      ) : null}
    </>
  )
}
