import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Select } from '@ag.ds-next/react/select'
import {
  byCursor,
  colour,
  compactFields,
  Form,
  formatDayAndTime,
  PagedList,
  Panel,
  RADIUS,
  SubmitButton,
  TextareaField,
  useKitForm,
} from '@banksia/kit'
import { z } from 'zod'
import { addComment, type CommentRead, type FileRead, listCommentsInfiniteOptions } from '../api'
import { filePage } from '../routes'
import { flatten, groupsOf } from './folder-tree'
import { refresh } from './refresh'
import { pathTitle } from './words'

interface Subject {
  folder_id?: string
  document_id?: string
}

/** The comments of the file, or of one folder of it. */
export function FileComments({ file }: { file: FileRead }) {
  const { folder } = filePage.useSearch()
  const setSearch = filePage.useSetSearch()
  const { plain, applications } = groupsOf(file.folders)
  const options = flatten([...plain, ...applications]).map(({ node }) => ({
    value: node.folder.id,
    label: pathTitle(node.folder, file.folders),
  }))
  return (
    <div css={{ display: 'grid', gap: '1rem', maxWidth: '46rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <div css={compactFields}>
        <Select
          label="About"
          hideOptionalLabel
          value={folder ?? ''}
          options={[{ value: '', label: 'The file as a whole' }, ...options]}
          onChange={(event) => {
            setSearch({ folder: event.target.value || undefined })
          }}
        />
      </div>
      <Panel title="Comments">
        <Comments
          key={folder ?? 'file'}
          propertyId={file.property_id}
          subject={folder ? { folder_id: folder } : {}}
        />
      </Panel>
    </div>
  )
}

/** What was said, the newest first, under the box to say more. */
export function Comments({ propertyId, subject }: { propertyId: string; subject: Subject }) {
  const comments = useInfiniteQuery({
    ...listCommentsInfiniteOptions({ path: { property_id: propertyId }, query: { ...subject, limit: 50 } }),
    ...byCursor,
  })
  return (
    <div css={{ display: 'grid', gap: '1rem', gridTemplateColumns: 'minmax(0, 1fr)' }}>
      <Writing propertyId={propertyId} subject={subject} />
      <PagedList
        query={comments}
        failed="The comments could not be loaded"
        empty="Nothing was said yet."
        shown={['comment', 'comments']}
        skeleton={2}
      >
        {(rows) => (
          <ul css={{ listStyle: 'none', display: 'grid', gap: '0.75rem' }}>
            {rows.map((comment) => (
              <Comment key={comment.id} comment={comment} />
            ))}
          </ul>
        )}
      </PagedList>
    </div>
  )
}

/** Mine stand at the right and are green, others' at the left: a glance tells them apart, and so does the name. */
function Comment({ comment }: { comment: CommentRead }) {
  const mine = comment.is_mine
  return (
    <li
      css={{
        justifySelf: mine ? 'end' : 'start',
        maxWidth: '90%',
        padding: '0.625rem 0.75rem',
        border: `1px solid ${mine ? colour.selected : colour.borderMuted}`,
        borderRadius: RADIUS.panel,
        background: mine ? colour.selectedMuted : colour.backgroundShade,
        overflowWrap: 'anywhere',
      }}
    >
      <p css={{ whiteSpace: 'pre-line' }}>{comment.text}</p>
      <p css={{ fontSize: '0.8125rem', color: mine ? colour.foregroundText : colour.foregroundMuted }}>
        {`${mine ? 'You' : comment.author_name}, ${formatDayAndTime(comment.created_at)}`}
      </p>
    </li>
  )
}

function Writing({ propertyId, subject }: { propertyId: string; subject: Subject }) {
  const queryClient = useQueryClient()
  const form = useKitForm({
    schema: z.object({ text: z.string().trim().min(1, 'Write what you want to say.').max(2000) }),
    defaultValues: { text: '' },
    onSubmit: async ({ text }) => {
      await addComment({ path: { property_id: propertyId }, body: { text, ...subject }, throwOnError: true })
      form.methods.reset()
      await refresh(queryClient, 'listComments', 'readDocumentLog', 'readFileLog')
    },
  })
  return (
    <Form form={form} gap="0.5rem" label="Comment">
      <TextareaField name="text" label="Comment" rows={2} />
      <SubmitButton size="sm" variant="secondary">
        Add comment
      </SubmitButton>
    </Form>
  )
}
