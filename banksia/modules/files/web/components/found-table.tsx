import { TextLink } from '@ag.ds-next/react/text-link'
import { DataTable, formatDate, RowCard } from '@banksia/kit'
import type { FoundDocument } from '../api'
import { filePage } from '../routes'
import { TypeTag } from './marks'
import { labelWords } from './words'

/** Documents that a search found, each with where it lies. */
export function FoundTable({ rows }: { rows: readonly FoundDocument[] }) {
  const hrefOf = (document: FoundDocument) =>
    filePage.href({
      params: { propertyId: document.property_id },
      search: { folder: document.folder_id, document: document.id },
    })
  const day = (document: FoundDocument) => formatDate(document.dated_on ?? document.latest.created_at)
  return (
    <DataTable
      caption="Documents found"
      rows={rows}
      rowKey={(document) => document.id}
      rowHref={hrefOf}
      columns={[
        {
          key: 'title',
          header: 'Document',
          cell: (document) => (
            <span css={{ display: 'inline-flex', gap: '0.625rem', alignItems: 'center' }}>
              <TypeTag document={document} />
              <TextLink href={hrefOf(document)}>{document.title}</TextLink>
            </span>
          ),
        },
        { key: 'property', header: 'Property', cell: (document) => labelWords(document.property_label) },
        { key: 'folder', header: 'Folder', cell: (document) => document.folder_name },
        { key: 'day', header: 'Date', width: '8rem', cell: day },
      ]}
      card={(document) => (
        <RowCard
          title={<TextLink href={hrefOf(document)}>{document.title}</TextLink>}
          detail={labelWords(document.property_label)}
          start={document.folder_name}
          end={day(document)}
        />
      )}
    />
  )
}
