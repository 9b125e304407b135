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
      const notes = content.notes.map((note) => note.trim()).filter(Boolean)
      const body = { version: template.version, content: { ...content, notes } }
      const { data } = await saveTemplate({ path, body, throwOnError: true })
      keep(data)
      setContent(data.content)
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
    isChanged: JSON.stringify(content) !== JSON.stringify(template.content),
    checked: checked?.result,
    /** The text was changed after it was checked. */
    isStale: checked !== undefined && JSON.stringify(checked.of) !== JSON.stringify(content),
    save,
    errors,
    /** Show what the server answered to something else than saving. */
    take: (next: TemplateRead) => {
      keep(next)
      setContent(next.content)
      setChecked(undefined)
    },
  }
}
