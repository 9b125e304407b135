import { useMutation } from '@tanstack/react-query'
import { TextLink } from '@ag.ds-next/react/text-link'
import { ActionButton, ErrorPanel, useMay } from '@banksia/kit'
import { type DocumentDetail, unlinkDocumentMutation } from '../api'
import { filePage } from '../routes'
import { useRefresh } from './refresh'
import { labelWords } from './words'

/** The other properties whose files show a document: nothing is copied. */
export function Links({ read }: { read: DocumentDetail }) {
  const mayAdd = useMay('files.documents.add')
  const refresh = useRefresh()
  const changed = () => refresh('readDocument', 'readDocumentLog', 'readFileLog', 'readFile', 'listDocuments')
  const unlink = useMutation({ ...unlinkDocumentMutation(), onSuccess: changed })
  const path = { document_id: read.id }
  return (
    <div
      css={{ display: 'grid', gap: '0.375rem', justifyItems: 'start', gridTemplateColumns: 'minmax(0, 1fr)' }}
    >
      {read.links.map(({ property_id, property_label, linked_by_name }) => (
        <span
          key={property_id}
          title={`Linked by ${linked_by_name}`}
          // Each on a line of its own: side by side the two are too close for a finger.
          css={{
            display: 'grid',
            justifyItems: 'start',
            gap: '0.25rem',
            '& button': { minHeight: '1.5rem' },
          }}
        >
          <TextLink
            href={filePage.href({ params: { propertyId: property_id }, search: { document: read.id } })}
          >
            {labelWords(property_label)}
          </TextLink>
          {mayAdd ? (
            <ActionButton
              size="sm"
              variant="text"
              loading={unlink.isPending && unlink.variables.path.property_id === property_id}
              aria-label={`Unlink ${labelWords(property_label)}`}
              onClick={() => {
                unlink.mutate({ path: { ...path, property_id } })
              }}
            >
              Unlink
            </ActionButton>
          ) : null}
        </span>
      ))}
      {read.links.length === 0 ? <span>No other property</span> : null}
      {unlink.error ? <ErrorPanel error={unlink.error} /> : null}
    </div>
  )
}
