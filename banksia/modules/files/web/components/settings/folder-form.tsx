import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { Button } from '@ag.ds-next/react/button'
import { CheckboxField, Form, SelectField, SubmitButton, TextField, useKitForm } from '@banksia/kit'
import { useWatch } from 'react-hook-form'
import { z } from 'zod'
import {
  changeStructure,
  createInStructure,
  type FolderRead,
  type RetentionClassRead,
  type StructureFolderUpdate,
} from '../../api'
import type { TreeRow } from './tree'
import { periodOfClass } from './words'

const TOP = ''
const AS_ABOVE = ''
const schema = z.object({
  name: z.string().trim().min(1, 'Enter a name, such as Building plans.').max(120),
  parent_id: z.string(),
  retention_class_id: z.string(),
  is_restricted: z.boolean(),
})

interface FolderFormProps {
  /** The folder that is changed; without it one is added. */
  row?: TreeRow
  rows: readonly TreeRow[]
  classes: readonly RetentionClassRead[]
  onDone: () => void
}

/** A folder of every file: its name, where it lies, who may open it and how long what is in it is kept. */
export function FolderForm({ row, rows, classes, onDone }: FolderFormProps) {
  const queryClient = useQueryClient()
  // What was shown when the form opened: what somebody else changes meanwhile is not sent back as it was.
  const [folder] = useState(row?.folder)
  const form = useKitForm({
    schema,
    defaultValues: {
      name: folder?.name ?? '',
      parent_id: folder?.parent_id ?? TOP,
      retention_class_id: folder?.retention_class_id ?? AS_ABOVE,
      is_restricted: folder?.is_restricted ?? false,
    },
    onSubmit: async ({ parent_id, retention_class_id, ...values }) => {
      const body = { ...values, retention_class_id: retention_class_id || null }
      if (folder)
        await changeStructure({
          path: { folder_id: folder.id },
          body: changed(folder, body),
          throwOnError: true,
        })
      else await createInStructure({ body: { ...body, parent_id: parent_id || null }, throwOnError: true })
      await queryClient.invalidateQueries()
      onDone()
    },
  })
  const parentId = useWatch({ control: form.methods.control, name: 'parent_id' })
  const parent = rows.find((each) => each.folder.id === parentId)?.folder
  return (
    <Form form={form} label={folder ? `Change ${folder.name}` : 'New folder'} gap="1rem">
      <TextField name="name" label="Name" />
      {folder ? null : <ParentField rows={rows} />}
      <SelectField
        name="retention_class_id"
        label="How long documents are kept"
        hint="Counts for what is in it already too, and for sub-folders without a class of their own."
        width="full"
        options={[
          {
            value: AS_ABOVE,
            label: parent ? `As in ${parent.name}` : 'No class: it is kept until one is chosen',
          },
          ...classes
            .filter(({ id, is_active }) => is_active || id === folder?.retention_class_id)
            .map((each) => ({ value: each.id, label: `${each.title}: ${periodOfClass(each)}` })),
        ]}
      />
      {parent?.is_restricted ? (
        <p>{`${parent.name} is restricted, and so is what lies in it.`}</p>
      ) : (
        <CheckboxField
          name="is_restricted"
          label="Restricted"
          hint={
            folder?.is_restricted
              ? 'Without the tick it opens to all. Its sub-folders of every file stay restricted until each is opened by itself.'
              : 'Only who may open restricted folders sees it, its sub-folders and their documents, in every file and in search.'
          }
        />
      )}
      <SubmitButton
        size="sm"
        beside={
          <Button size="sm" variant="tertiary" onClick={onDone}>
            {folder ? 'Leave it as it is' : 'Cancel'}
          </Button>
        }
      >
        {folder ? 'Save folder' : 'Add folder'}
      </SubmitButton>
    </Form>
  )
}

/** What the form says otherwise than the folder did. */
function changed(folder: FolderRead, said: StructureFolderUpdate): StructureFolderUpdate {
  return {
    ...(said.name === folder.name ? {} : { name: said.name }),
    ...(said.retention_class_id === folder.retention_class_id
      ? {}
      : { retention_class_id: said.retention_class_id }),
    ...(said.is_restricted === folder.is_restricted ? {} : { is_restricted: said.is_restricted }),
  }
}

function ParentField({ rows }: Pick<FolderFormProps, 'rows'>) {
  return (
    <SelectField
      name="parent_id"
      label="Where it lies"
      options={[
        { value: TOP, label: 'At the top of the file' },
        ...rows
          .filter(({ folder }) => folder.archived_at === null)
          .map(({ folder, depth }) => ({
            value: folder.id,
            label: `${'– '.repeat(depth)}In ${folder.name}`,
          })),
      ]}
    />
  )
}
