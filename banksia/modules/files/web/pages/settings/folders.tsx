import { useState } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { TextLink } from '@ag.ds-next/react/text-link'
import { Loaded, Panel, StaffPage } from '@banksia/kit'
import { listClassesOptions, listFoldersOptions } from '../../api'
import { FolderForm } from '../../components/settings/folder-form'
import { FolderTree } from '../../components/settings/folder-tree'
import { rowsOfTree } from '../../components/settings/tree'

/** The folders that every property's file has. */
export default function FoldersPage() {
  const folders = useQuery(listFoldersOptions())
  const classes = useQuery(listClassesOptions())
  const [adding, setAdding] = useState(false)
  const close = () => {
    setAdding(false)
  }
  return (
    <StaffPage
      title="Folders of property files"
      where={<TextLink href="/settings">Settings</TextLink>}
      facts="Every property’s file has these, in this order. Folders of development applications come by themselves."
      actions={
        adding ? null : (
          <Button
            size="sm"
            onClick={() => {
              setAdding(true)
            }}
          >
            Add a folder
          </Button>
        )
      }
    >
      <div
        css={{ display: 'grid', gap: '1.25rem', maxWidth: '60rem', gridTemplateColumns: 'minmax(0, 1fr)' }}
      >
        <Loaded query={folders} failed="The folders could not be loaded">
          {(read) => {
            const rows = rowsOfTree(read)
            return (
              <>
                {adding ? (
                  <Panel title="New folder">
                    <FolderForm rows={rows} classes={classes.data ?? []} onDone={close} />
                  </Panel>
                ) : null}
                <Panel title="In every file" flush>
                  <FolderTree rows={rows} classes={classes.data ?? []} />
                </Panel>
              </>
            )
          }}
        </Loaded>
      </div>
    </StaffPage>
  )
}
