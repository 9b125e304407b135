import { useQuery } from '@tanstack/react-query'
import { ButtonLink } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, parcelsInWords, propertyTitle, StaffPage, Views } from '@banksia/kit'
import { readFileOptions, type FileRead } from '../api'
import { Details } from '../components/details'
import { Documents } from '../components/documents'
import { Folders } from '../components/folders'
import { Log } from '../components/log'
import { filePage, findPage } from '../routes'

/** A property's file: folders, the documents of one, and what was done. */
export default function FilePage() {
  const { propertyId } = filePage.useParams()
  const file = useQuery(readFileOptions({ path: { property_id: propertyId } }))
  if (file.data) return <File file={file.data} />
  return (
    <StaffPage title="Property file" where={<TextLink href={findPage.href()}>Property files</TextLink>}>
      <Loaded query={file} failed="The file could not be opened">
        {() => null}
      </Loaded>
    </StaffPage>
  )
}

function File({ file }: { file: FileRead }) {
  const search = filePage.useSearch()
  const params = { propertyId: file.property_id }
  const parcels = file.parcels.map(({ text }) => text)
  const viewHref = (view: 'documents' | 'log') =>
    filePage.href({ params, search: { folder: search.folder, view } })
  return (
    <StaffPage
      title={propertyTitle({ address: file.address, parcels })}
      where={<TextLink href={findPage.href()}>Property files</TextLink>}
      facts={
        <>
          <strong>{parcelsInWords(parcels)}</strong> · {file.document_count} document
          {file.document_count === 1 ? '' : 's'}
        </>
      }
      actions={
        <ButtonLink size="sm" variant="secondary" href={`/property/staff/${file.property_id}`}>
          Property page
        </ButtonLink>
      }
      views={
        <Views
          label="File"
          views={[
            { label: 'Documents', href: viewHref('documents') },
            { label: 'Log', href: viewHref('log') },
          ]}
          active={viewHref(search.view)}
        />
      }
      aside={
        search.view === 'documents' && search.document ? (
          <Details key={search.document} documentId={search.document} />
        ) : undefined
      }
    >
      {search.view === 'log' ? (
        <Log propertyId={file.property_id} />
      ) : (
        <Folders file={file}>{(folder) => <Documents file={file} folder={folder} />}</Folders>
      )}
    </StaffPage>
  )
}
