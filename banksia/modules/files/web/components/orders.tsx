import { useQuery } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import {
  EmptyState,
  fetchJson,
  Loaded,
  Panel,
  RowList,
  Status,
  type StatusWord,
  statusTones,
} from '@banksia/kit'

interface Contribution {
  module: string
  name: string
  title: string
  summary: string
  href: string | null
  count: number
  lines: { title: string; detail: string; href: string | null; status: string | null }[]
}

/** What other modules know about the property, as its own page shows it: orders and certificates first of all. */
export function Orders({ propertyId }: { propertyId: string }) {
  const known = useQuery({
    queryKey: ['files', 'contributions', propertyId],
    queryFn: ({ signal }) =>
      fetchJson<{ contributions: Contribution[] }>(
        `/api/property/properties/${encodeURIComponent(propertyId)}/contributions`,
        signal,
      ),
  })
  return (
    <Loaded query={known} failed="The orders could not be loaded">
      {({ contributions }) => {
        const others = contributions.filter(({ module }) => module !== 'files')
        if (others.length === 0)
          return <EmptyState>No other service of the council knows this property.</EmptyState>
        return others.map((each) => <Known key={`${each.module} ${each.name}`} of={each} />)
      }}
    </Loaded>
  )
}

function Known({ of: { title, summary, href, count, lines } }: { of: Contribution }) {
  return (
    <Panel
      title={title}
      hint={lines.length > 0 && summary ? summary : undefined}
      flush
      action={
        href && count > 0 ? <TextLink href={href}>{`All ${count.toLocaleString('en-AU')}`}</TextLink> : null
      }
    >
      {lines.length === 0 ? <EmptyState>{summary || 'Nothing yet.'}</EmptyState> : null}
      <RowList
        inset
        rows={lines.map((line, index) => ({
          key: `${String(index)} ${line.title}`,
          title: line.href ? <TextLink href={line.href}>{line.title}</TextLink> : line.title,
          detail: line.detail || undefined,
          end: line.status ? <Word word={line.status} /> : undefined,
        }))}
      />
    </Panel>
  )
}

function Word({ word }: { word: string }) {
  return word in statusTones ? <Status word={word as StatusWord} /> : word
}
