import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { problemOf, type FieldError } from '@banksia/kit'
import {
  checkTemplate,
  listTemplatesOptions,
  readTemplateOptions,
  saveTemplate,
  type TemplateChecked,
  type TemplateContent,
  type TemplateRead,
} from '../api'

const isSame = (one: TemplateContent, other: TemplateContent) => JSON.stringify(one) === JSON.stringify(other)

/** A template while it is edited: what is typed, what is saved, and what is wrong with what was saved last. */
export function useTemplate(template: TemplateRead) {
  const queryClient = useQueryClient()
  const path = { code: template.code }
  const [content, setContent] = useState<TemplateContent>(template.content)
  const [checked, setChecked] = useState<{ of: TemplateContent; result: TemplateChecked }>()
  const keep = (next: TemplateRead) => {
    queryClient.setQueryData(readTemplateOptions({ path }).queryKey, next)
    void queryClient.invalidateQueries({ queryKey: listTemplatesOptions().queryKey })
  }
  const save = useMutation({
    mutationFn: async () => {
      const sent = content
      const notes = sent.notes.map((note) => note.trim()).filter(Boolean)
      const body = { version: template.version, content: { ...sent, notes } }
      const { data } = await saveTemplate({ path, body, throwOnError: true })
      keep(data)
      // What was typed on meanwhile stays, as changed and not saved.
      setContent((now) => (now === sent ? data.content : now))
      const { data: result } = await checkTemplate({
        path,
        body: { content: data.content },
        throwOnError: true,
      })
      setChecked({ of: data.content, result })
    },
  })
  const errors: readonly FieldError[] = save.error ? problemOf(save.error).errors : []
  return {
    content,
    change: (changes: Partial<TemplateContent>) => {
      setContent((before) => ({ ...before, ...changes }))
    },
    /** Something is typed that is not saved. */
    isChanged: !isSame(content, template.content),
    checked: checked?.result,
    /** The text was changed after it was checked. */
    isStale: checked !== undefined && !isSame(checked.of, content),
    save,
    errors,
    /** The saved draft is in force; what was typed on meanwhile stays. */
    published: (next: TemplateRead) => {
      keep(next)
      setContent((now) => (isSame(now, template.content) ? next.content : now))
      setChecked(undefined)
    },
    /** The draft is given up, with all that was typed. */
    discarded: (next: TemplateRead) => {
      keep(next)
      setContent(next.content)
      setChecked(undefined)
    },
  }
}
