import type { ReactNode } from 'react'
import { TextLink } from '@ag.ds-next/react/text-link'
import { FindForm, StaffPage, useMay, Views } from '@banksia/kit'
import { FoundOwners } from '../components/found-owners'
import { FoundEverywhere, FoundHere } from '../components/found-properties'
import { correctionsPage, findPage } from '../routes'

/** Every match of a search, with an address that can be kept: here, at all councils, or by owner. */
export default function FindPage() {
  const { q, among } = findPage.useSearch()
  const setSearch = findPage.useSetSearch()
  const mayOwners = useMay('property.owners.read')
  const hrefOf = (where: typeof among) => findPage.href({ search: { q, among: where } })
  const views = [
    { label: 'This council', href: hrefOf(undefined) },
    { label: 'All councils', href: hrefOf('all') },
    ...(mayOwners ? [{ label: 'By owner', href: hrefOf('owners') }] : []),
  ]
  const found: Record<'here' | 'all' | 'owners', (text: string) => ReactNode> = {
    here: (text) => <FoundHere query={text} />,
    all: (text) => <FoundEverywhere query={text} />,
    owners: (text) => <FoundOwners query={text} />,
  }
  return (
    <StaffPage
      title="Properties"
      facts="Search by address, lot and plan, or assessment number."
      actions={<TextLink href={correctionsPage.href()}>Corrections</TextLink>}
      views={<Views label="Search" views={views} active={hrefOf(among)} />}
    >
      <div css={{ display: 'grid', gap: '1rem', maxWidth: '60rem' }}>
        <div css={{ '& input': { width: 'min(30rem, calc(100vw - 2rem))', maxWidth: 'none' } }}>
          <FindForm
            key={among}
            label={among === 'owners' ? 'Name of an owner' : 'Find a property'}
            button={among === 'owners' ? 'Find owner' : 'Find property'}
            hint={
              among === 'owners'
                ? 'Words of the name in any order. What you look for is recorded.'
                : undefined
            }
            value={q}
            onFind={(text) => {
              setSearch({ q: text })
            }}
          />
        </div>
        {q ? found[among ?? 'here'](q) : null}
      </div>
    </StaffPage>
  )
}
