import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { Select } from '@ag.ds-next/react/select'
import {
  ActionButton,
  ErrorPanel,
  Loaded,
  PropertySearch,
  propertyTitle,
  type PropertyMatch,
} from '@banksia/kit'
import { type DocumentDetail, type FileRead, linkDocumentMutation, readFileOptions } from '../api'
import { openFolders } from './folder-tree'
import { useRefresh } from './refresh'
import { pathTitle } from './words'

interface LinkFormProps {
  read: DocumentDetail
  onDone: () => void
}

/** Show a document in another property's file too: which property, and in which of its folders. */
export function LinkForm({ read, onDone }: LinkFormProps) {
  const [match, setMatch] = useState<PropertyMatch>()
  return (
    <div css={{ display: 'grid', gap: '0.75rem', width: '100%' }}>
      <PropertySearch label="Property that also shows it" onChoose={setMatch} />
      {match ? <InFolder key={match.id} read={read} match={match} onDone={onDone} /> : null}
      <div>
        <Button size="sm" variant="text" onClick={onDone}>
          Leave it as it is
        </Button>
      </div>
    </div>
  )
}

function InFolder({ read, match, onDone }: LinkFormProps & { match: PropertyMatch }) {
  const file = useQuery(readFileOptions({ path: { property_id: match.id } }))
  return (
    <Loaded query={file} failed="That file could not be opened">
      {(other) => <Choice read={read} other={other} title={propertyTitle(match)} onDone={onDone} />}
    </Loaded>
  )
}

interface ChoiceProps extends LinkFormProps {
  other: FileRead
  title: string
}

function Choice({ read, other, title, onDone }: ChoiceProps) {
  const refresh = useRefresh()
  const open = openFolders(other.folders)
  // Its own folder when every file has it, else one of the same name.
  const alike =
    open.find(({ id }) => id === read.folder_id) ?? open.find(({ name }) => name === read.folder_name)
  const [folderId, setFolderId] = useState(alike?.id ?? open[0]?.id ?? '')
  const link = useMutation({
    ...linkDocumentMutation(),
    onSuccess: async () => {
      await refresh('readDocument', 'readDocumentLog', 'readFileLog', 'readFile', 'listDocuments')
      onDone()
    },
  })
  return (
    <>
      <Select
        label="In which of its folders"
        hideOptionalLabel
        block
        value={folderId}
        options={open.map((folder) => ({ value: folder.id, label: pathTitle(folder, other.folders) }))}
        onChange={(event) => {
          setFolderId(event.target.value)
        }}
      />
      {link.error ? <ErrorPanel error={link.error} /> : null}
      <div>
        <ActionButton
          size="sm"
          loading={link.isPending}
          onClick={() => {
            const body = { property_id: other.property_id, folder_id: folderId }
            link.mutate({ path: { document_id: read.id }, body })
          }}
        >
          {`Link to ${title}`}
        </ActionButton>
      </div>
    </>
  )
}
