import { StaffPage, Views } from '@banksia/kit'
import { FindDocuments } from '../components/find-documents'
import { FindProperties } from '../components/find-properties'
import { findPage } from '../routes'

/** A file is found by its property, a document by its words. */
export default function FindPage() {
  const { view, q, property } = findPage.useSearch()
  const hrefOf = (wanted: 'properties' | 'documents') =>
    findPage.href({ search: { view: wanted, q, property: wanted === 'documents' ? property : undefined } })
  return (
    <StaffPage
      title="Property files"
      facts="Every property has a file: find the property to open it, or search in all documents."
      views={
        <Views
          label="Find"
          active={hrefOf(view)}
          views={[
            { label: 'Find a property', href: hrefOf('properties') },
            { label: 'Search in documents', href: hrefOf('documents') },
          ]}
        />
      }
    >
      {view === 'documents' ? <FindDocuments /> : <FindProperties />}
    </StaffPage>
  )
}
